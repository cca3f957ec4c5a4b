package io.vitallyrelay.spool.local;

import io.vitallyrelay.disk.PrivateFiles;
import io.vitallyrelay.spool.SpoolException;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.h2.mvstore.Cursor;
import org.h2.mvstore.DataUtils;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.MVStoreException;

/**
 * The maps in one MVStore file. A commit writes all of its {@link Changes} or nothing.
 *
 * <p>Space of chunks that a commit freed is written over only after that commit is synced: {@code synced} pins the version
 * of the last sync, so that after a loss of power the store of that moment is still whole.
 *
 * <p>Thread-safe: one lock for all, because a reader must not walk through pages that a commit is replacing.
 */
final class Store {
    private static final long TOTALS = 0;
    private static final long LOG = 1;
    private static final long LAST_LETTER = 2;
    private static final long LETTERS_SYNCED = 3;
    private static final int COMPACT_BELOW_PERCENT = 50;
    private static final int COMPACT_BYTES = 4 * 1024 * 1024;

    /** Letters, and bytes of them, that are read at once. */
    private static final int STEP = 1000;

    private static final int STEP_BYTES = 4 * 1024 * 1024;

    private final Path directory;
    private final StoreFiles files;
    private final Path file;
    private SyncedVersion syncedVersion;
    private StoreFile.End lettersEnd;
    /** Whether something else in the folder says that there was a store, when it was opened. */
    private boolean wasThere;

    /** The version of the last commit of this run; 0 before the first. */
    private long written;

    private MVStore store;
    private MVStore.TxCounter synced;
    private MVMap<Long, byte[]> blocks;
    private MVMap<Long, byte[]> settled;
    private MVMap<Long, byte[]> units;
    /** Those that came, until the {@link LetterStore} has them for good; up to format 2 all. */
    private MVMap<Long, byte[]> deadLetters;
    /** Those that left, likewise. */
    private MVMap<Long, byte[]> gone;

    private MVMap<Long, byte[]> totals;

    Store(Path directory, StoreFiles files) {
        this.directory = directory;
        this.files = files;
        this.file = directory.resolve("spool.mv");
    }

    /** @throws SpoolException when another process has it, or when it is damaged */
    synchronized void open() {
        try {
            PrivateFiles.createFolders(directory);
            StoreFormat format = format();
            boolean logged = SettlementLog.isIn(directory);
            syncedVersion = new SyncedVersion(directory.resolve("synced"), files);
            wasThere = format.isWritten() || logged || syncedVersion.get() > 0;
            boolean absent = !Files.exists(file) || Files.size(file) < StoreFile.HEADER_BYTES;
            if (absent && wasThere) {
                throw damaged("the file is missing or empty, but there was one", null);
            }
            if (absent && Files.exists(file) && Files.size(file) > 0) {
                // a first start that failed left a part of the header
                Files.delete(file);
            }
            PrivateFiles.createFile(file);
            List<StoreFile.End> ends = syncedVersion.takeEnds();
            lettersEnd = ends.get(1);
            openMaps(ends.get(0));
            if (absent) {
                put(new Totals(0, 0, 0));
                store.commit();
                sync();
            }
            writeDown(format);
        } catch (IOException e) {
            abandon();
            throw new SpoolException(
                    "cannot use the spool's folder " + directory + ": " + e + ". Set relay.data to a"
                            + " folder on a local disk that this user can write to.",
                    e);
        } catch (MVStoreException e) {
            abandon();
            if (e.getErrorCode() == DataUtils.ERROR_FILE_LOCKED) {
                throw new SpoolException(
                        "the spool " + file + " is in use by another process. Stop it first, or give"
                                + " this one a relay.data of its own.",
                        e);
            }
            if (e.getErrorCode() == DataUtils.ERROR_WRITING_FAILED) {
                throw new SpoolException("cannot write the spool " + file + ": " + cause(e), e);
            }
            throw damaged(e.getMessage(), e);
        } catch (OutOfMemoryError e) {
            // a length that is damaged
            abandon();
            throw damaged("what is in it is larger than memory", e);
        } catch (SpoolException e) {
            abandon();
            throw e;
        }
    }

    private StoreFormat format() throws IOException {
        Path says = directory.resolve("format");
        StoreFormat format;
        try {
            format = new StoreFormat(says);
        } catch (IOException e) {
            throw damaged(e.getMessage(), e);
        }
        if (format.number() > StoreFormat.NEWEST) {
            throw new SpoolException("the spool " + file + " was made by a newer Vitally Relay: it has format "
                    + format.number() + " (" + says + "), and this one reads up to " + StoreFormat.NEWEST
                    + ". Nothing was changed. Start the newer one again; or, to start anew and give up what was pending,"
                    + " move the folder " + directory + " away.");
        }
        return format;
    }

    /** On a full disk the next start does it: the store is read and written without that. */
    private void writeDown(StoreFormat format) {
        try {
            format.write(files);
        } catch (IOException e) {
            // what the commits say is told in health
        }
    }

    private void openMaps(StoreFile.End end) {
        store = StoreFile.open(files.name(file), end);
        blocks = StoreFile.map(store, "blocks");
        settled = StoreFile.map(store, "settled");
        units = StoreFile.map(store, "units");
        deadLetters = StoreFile.map(store, "dead-letters");
        gone = StoreFile.map(store, "gone-letters");
        totals = StoreFile.map(store, "totals");
        synced = StoreFile.keep(store, file, Math.max(syncedVersion.get(), written));
    }

    /** What the file of the {@link LetterStore} was when it was closed. */
    StoreFile.End lettersEnd() {
        return lettersEnd;
    }

    synchronized boolean isOpen() {
        return store != null && !store.isClosed();
    }

    /** Writes all of the changes in one commit. On a failure the store is closed and {@link #reopen} is next. */
    synchronized void write(Changes changes) throws IOException {
        try {
            apply(blocks, changes.blocks);
            apply(settled, changes.settled);
            apply(units, changes.units);
            apply(deadLetters, changes.deadLetters);
            apply(gone, changes.gone);
            put(changes.totals);
            put(changes.loggedBefore);
            putNumber(LAST_LETTER, changes.lastDeadLetter);
            putNumber(LETTERS_SYNCED, changes.lettersSynced);
            store.commit();
            written = store.getCurrentVersion();
        } catch (MVStoreException | UncheckedIOException e) {
            closeQuietly();
            throw new IOException("cannot write " + file + ": " + cause(e), e);
        }
    }

    private void putNumber(long key, long number) {
        byte[] bytes = ByteBuffer.allocate(Long.BYTES).putLong(number).array();
        totals.put(key, Sealed.seal(key, bytes));
    }

    private Long number(long key) {
        byte[] sealed = totals.get(key);
        return sealed == null
                ? null
                : ByteBuffer.wrap(sealed, 0, Sealed.check(key, sealed)).getLong();
    }

    /** The highest id of all letters that ever came. */
    synchronized long lastDeadLetter() {
        Long last = number(LAST_LETTER);
        // up to format 2 they are all here
        last = last == null ? deadLetters.lastKey() : last;
        return last == null ? 0 : last;
    }

    /** The version at which the {@link LetterStore} was synced before the last commit. */
    synchronized long lettersSynced() {
        Long version = number(LETTERS_SYNCED);
        return version == null ? 0 : version;
    }

    private void put(Totals now) {
        totals.put(TOTALS, Sealed.seal(TOTALS, now.encode()));
    }

    /** @throws SpoolException when what was found is not what was written */
    synchronized void requireTotals(Totals found) {
        byte[] sealed = totals.get(TOTALS);
        // a store whose first sync did not come about may have none
        Totals written = sealed == null && !wasThere
                ? new Totals(0, 0, 0)
                : sealed == null ? null : Totals.decode(ByteBuffer.wrap(sealed, 0, Sealed.check(TOTALS, sealed)));
        if (!found.equals(written)) {
            throw damaged("it holds " + found + ", but " + written + " was written", null);
        }
    }

    private void put(SettlementLog.Mark logged) {
        byte[] mark = ByteBuffer.allocate(SettlementLog.Mark.BYTES)
                .putLong(logged.epoch())
                .putLong(logged.record())
                .array();
        totals.put(LOG, Sealed.seal(LOG, mark));
    }

    /** The first record of the log that the store does not contain; none where nothing was ever delivered from it. */
    synchronized Optional<SettlementLog.Mark> logged() {
        return Optional.ofNullable(totals.get(LOG)).map(bytes -> {
            ByteBuffer mark = ByteBuffer.wrap(bytes, 0, Sealed.check(LOG, bytes));
            return new SettlementLog.Mark(mark.getLong(), mark.getLong());
        });
    }

    private static void apply(MVMap<Long, byte[]> map, Map<Long, byte[]> changes) {
        changes.forEach((key, value) -> {
            if (value == null) {
                map.remove(key);
            } else {
                map.put(key, value);
            }
        });
    }

    /** Makes durable what was written. */
    synchronized void sync() throws IOException {
        try {
            store.sync();
            syncedVersion.set(store.getCurrentVersion());
            MVStore.TxCounter now = store.registerVersionUsage();
            store.deregisterVersionUsage(synced);
            synced = now;
        } catch (MVStoreException e) {
            closeQuietly();
            throw new IOException("cannot sync " + file + ": " + cause(e), e);
        }
    }

    /** After a failure: back to what was committed last. */
    synchronized void reopen() throws IOException {
        closeQuietly();
        try {
            openMaps(StoreFile.End.UNKNOWN);
        } catch (MVStoreException e) {
            throw new IOException("cannot open " + file + " again: " + cause(e), e);
        }
    }

    /** Gives space back: rewrites what little lives in chunks that are mostly dead. On a failure {@link #reopen} is next. */
    synchronized void compact() throws IOException {
        try {
            store.compact(COMPACT_BELOW_PERCENT, COMPACT_BYTES);
        } catch (MVStoreException e) {
            closeQuietly();
            throw new IOException("cannot compact " + file + ": " + cause(e), e);
        }
    }

    /**
     * The first block at or behind {@code from}, or null.
     *
     * @throws UncheckedIOException when the store is closed by a failure
     */
    synchronized Block block(long from) {
        try {
            Long key = blocks.ceilingKey(from);
            return key == null ? null : block(key, blocks.get(key));
        } catch (MVStoreException e) {
            throw new UncheckedIOException(new IOException("cannot read " + file + ": " + cause(e), e));
        }
    }

    private Block block(long key, byte[] bytes) {
        try {
            Sealed.check(key, bytes);
            byte[] bits = settled.get(key);
            return new Block(
                    key,
                    bytes,
                    bits == null ? new BitSet() : BitSet.valueOf(ByteBuffer.wrap(bits, 0, Sealed.check(key, bits))));
        } catch (RuntimeException e) {
            throw damaged("block " + key + ": " + e.getMessage(), e);
        }
    }

    synchronized long lastBlock() {
        Long key = blocks.lastKey();
        return key == null ? 0 : key;
    }

    /** Letters that came, with an id above {@code after}; some at a time, none at the end. */
    synchronized Map<Long, byte[]> cameLetters(long after) {
        Map<Long, byte[]> some = new TreeMap<>();
        Cursor<Long, byte[]> cursor = deadLetters.cursor(after + 1);
        for (int bytes = 0; some.size() < STEP && bytes < STEP_BYTES && cursor.hasNext(); ) {
            Long id = cursor.next();
            some.put(id, cursor.getValue());
            bytes += cursor.getValue().length;
        }
        return some;
    }

    /** Letters that left; all of them are few. */
    synchronized List<Long> goneLetters() {
        return gone.keyList();
    }

    /** What came and left is with the {@link LetterStore} for good. */
    synchronized void forgetLetters(long lastLetter, long lettersSynced) throws IOException {
        if (deadLetters.isEmpty() && gone.isEmpty()) {
            return;
        }
        try {
            putNumber(LAST_LETTER, lastLetter);
            putNumber(LETTERS_SYNCED, lettersSynced);
            deadLetters.clear();
            gone.clear();
            store.commit();
            written = store.getCurrentVersion();
        } catch (MVStoreException e) {
            closeQuietly();
            throw new IOException("cannot write " + file + ": " + cause(e), e);
        }
    }

    synchronized void readUnits(Consumer<Unit> reader) {
        for (Iterator<Long> keys = units.keyIterator(null); keys.hasNext(); ) {
            long id = keys.next();
            reader.accept(decode("unit " + id, id, units.get(id), in -> Unit.decode(id, in)));
        }
    }

    private interface Decoder<T> {
        T decode(DataInputStream in) throws IOException;
    }

    private <T> T decode(String what, long key, byte[] sealed, Decoder<T> decoder) {
        try {
            return decoder.decode(Sealed.open(key, sealed));
        } catch (IOException | RuntimeException e) {
            throw damaged(what + ": " + e.getMessage(), e);
        }
    }

    /** What to tell an operator; where the disk could not be read, that is not called damaged. */
    SpoolException damaged(String what, Throwable cause) {
        for (Throwable e = cause; e != null; e = e.getCause()) {
            if (StoreFile.isOfTheDisk(e)) {
                return new SpoolException(
                        "cannot read the spool " + file + ": " + cause(e)
                                + ". Nothing was changed. Look after the disk, then start again.",
                        cause);
            }
        }
        return damaged(file, what, cause);
    }

    static SpoolException damaged(Path file, String what, Throwable cause) {
        Path folder = file.getParent();
        return new SpoolException(
                "the spool " + file + " is damaged: " + what + ". Nothing was changed. Restore the folder " + folder
                        + " from a copy; or, to start anew and give up what was pending, move the folder away.",
                cause);
    }

    /** @param letters what the file of the {@link LetterStore} is, which is closed */
    synchronized void close(StoreFile.End letters) {
        if (isOpen()) {
            store.deregisterVersionUsage(synced);
            try {
                StoreFile.End end = StoreFile.close(store);
                if (!letters.equals(StoreFile.End.UNKNOWN)) {
                    syncedVersion.setEnds(end, letters);
                }
            } catch (MVStoreException | IOException e) {
                // all is written and synced; the next start goes through the files
                closeQuietly();
            }
        }
        closeSyncedVersion();
    }

    /** Closes the file as it is: nothing is written. */
    synchronized void abandon() {
        closeQuietly();
        closeSyncedVersion();
    }

    private void closeSyncedVersion() {
        try {
            if (syncedVersion != null) {
                syncedVersion.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void closeQuietly() {
        if (store != null) {
            store.closeImmediately();
        }
    }

    static String cause(Throwable e) {
        Throwable root = e;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root.getMessage() == null ? root.toString() : root.getMessage();
    }
}

package io.vitallyrelay.spool.local;

import io.vitallyrelay.disk.PrivateFiles;
import io.vitallyrelay.spool.DeadLetter;
import io.vitallyrelay.spool.DeadLetterFilter;
import io.vitallyrelay.spool.DeadLetterPage;
import io.vitallyrelay.spool.LetterGroup;
import io.vitallyrelay.spool.SpoolException;
import io.vitallyrelay.spool.Subject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Supplier;
import org.h2.mvstore.DataUtils;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.MVStoreException;
import org.h2.mvstore.type.LongDataType;

/**
 * The dead letters, in a file of their own, so that neither their number nor their size weighs on what is pending. It follows the
 * {@link Store}: what a commit there says of letters is done here before anybody is told of the commit, and once more at a start,
 * because done twice it does no harm. Whoever reads has a version of the file for himself: no lane and no source waits for it.
 * Thread-safe; only the committer writes.
 */
final class LetterStore {
    private static final int COMPACT_BELOW_PERCENT = 50;
    private static final int COMPACT_BYTES = 16 * 1024 * 1024;
    private static final int COMPACT_EVERY_BYTES = 32 * 1024 * 1024;

    /** Keys of {@link #numbers}. */
    private static final long BYTES = 0;

    private static final long LAST_ID = 1;

    /** Whether letters are found by their unit too. */
    private static final long BY_UNIT = 2;

    private static final int INDEXED_AT_ONCE = 1000;

    private final Path file;
    private final StoreFiles files;
    /** Held to read by all who use the open file, to write by who opens it anew. */
    private final ReentrantReadWriteLock opened = new ReentrantReadWriteLock();

    private MVStore store;
    /** What this version needs is not written over before a later one is synced. */
    private MVStore.TxCounter synced;

    private long syncedVersion;
    /** The version of the last commit of this run; 0 before the first. */
    private long written;
    /** The size of the file from which on it is compacted. */
    private long compactFrom;

    private MVMap<Long, byte[]> letters;
    private MVMap<Long, Long> numbers;
    private LetterKinds kinds;
    private IdIndex byKind;
    private IdIndex byTerm;

    LetterStore(Path directory, StoreFiles files) {
        this.file = directory.resolve("letters.mv");
        this.files = files;
    }

    /**
     * @param end what the file was when it was closed
     * @throws SpoolException when it cannot be read, or is damaged
     */
    void open(StoreFile.End end) {
        try {
            if (Files.exists(file) && Files.size(file) < StoreFile.HEADER_BYTES) {
                // a first start that failed left a part of the header; if there were letters, the totals tell
                Files.delete(file);
            }
            PrivateFiles.createFile(file);
            open(files.name(file), end);
        } catch (IOException e) {
            throw isDamaged(e.getCause())
                    ? Store.damaged(file, Store.cause(e), e)
                    : new SpoolException("cannot use " + file + ": " + e.getMessage(), e);
        }
    }

    private static boolean isDamaged(Throwable cause) {
        return cause instanceof Sealed.DamagedValueException
                || (cause instanceof MVStoreException e && e.getErrorCode() == DataUtils.ERROR_FILE_CORRUPT);
    }

    /** After a failure: back to what was committed last. */
    void reopen() throws IOException {
        open(files.name(file), StoreFile.End.UNKNOWN);
    }

    private void open(String name, StoreFile.End end) throws IOException {
        opened.writeLock().lock();
        try {
            abandon();
            store = StoreFile.open(name, end);
            letters = StoreFile.map(store, "letters");
            numbers = store.openMap(
                    "numbers",
                    new MVMap.Builder<Long, Long>()
                            .keyType(LongDataType.INSTANCE)
                            .valueType(LongDataType.INSTANCE));
            kinds = new LetterKinds(StoreFile.map(store, "kinds"));
            byKind = new IdIndex(store, "by-kind");
            byTerm = new IdIndex(store, "by-term");
            synced = StoreFile.keep(store, file, written);
            indexUnits();
            syncedVersion = store.getCurrentVersion();
            compactFrom = store.getFileStore().size() + COMPACT_EVERY_BYTES;
        } catch (MVStoreException | Sealed.DamagedValueException e) {
            throw new IOException("cannot open " + file + ": " + e.getMessage(), e);
        } finally {
            opened.writeLock().unlock();
        }
    }

    /** Up to format 3 letters were not found by their unit. Done twice it does no harm. */
    private void indexUnits() {
        if (numbers.containsKey(BY_UNIT)) {
            return;
        }
        int indexed = 0;
        for (Map.Entry<Long, byte[]> each : letters.entrySet()) {
            DeadLetter letter = decode(each.getKey(), each.getValue());
            byTerm.add(LetterTerm.unit(letter.origin().unit()), letter.id());
            indexed++;
            if (indexed % INDEXED_AT_ONCE == 0) {
                store.commit();
            }
        }
        numbers.put(BY_UNIT, 1L);
        store.commit();
    }

    // ---- the committer

    /**
     * Takes what came, and then takes away what left; what was done before is not done again.
     *
     * @throws IOException when it cannot be written; to try it again is to call this again
     */
    void follow(Map<Long, byte[]> came, Collection<Long> left) throws IOException {
        if (came.isEmpty() && left.isEmpty()) {
            return;
        }
        reopenIfClosed();
        opened.readLock().lock();
        try {
            came.forEach(this::put);
            left.forEach(this::remove);
            store.commit();
            written = store.getCurrentVersion();
        } catch (MVStoreException e) {
            throw failed("write", e);
        } finally {
            opened.readLock().unlock();
        }
    }

    /** What a start has to find; asked by the committer. */
    long syncedVersion() {
        return syncedVersion;
    }

    /** @throws SpoolException when the file is older than that */
    void requireVersion(long least) {
        StoreFile.requireVersion(store, file, least);
    }

    /** Takes away those above that id: a loss of power left them here, and not the commits with which they came. */
    void removeAbove(long id) throws IOException {
        List<Long> above = new ArrayList<>();
        letters.keyIterator(id + 1).forEachRemaining(above::add);
        follow(Map.of(), above);
    }

    private void reopenIfClosed() throws IOException {
        if (store.isClosed()) {
            reopen();
        }
    }

    private void put(long id, byte[] sealed) {
        byte[] before = letters.put(id, sealed);
        numbers.put(BYTES, bytes() + sealed.length - (before == null ? 0 : before.length));
        numbers.put(LAST_ID, Math.max(id, lastId()));
        DeadLetter letter = decode(id, sealed);
        byKind.add(kinds.number(LetterKind.of(letter)), id);
        byTerm.add(LetterTerm.unit(letter.origin().unit()), id);
        Subject subject = letter.subject();
        if (subject != null) {
            byTerm.add(LetterTerm.entity(subject.entity()), id);
            byTerm.add(LetterTerm.messageId(subject.messageId()), id);
        }
    }

    private void remove(long id) {
        byte[] sealed = letters.remove(id);
        if (sealed == null) {
            return;
        }
        numbers.put(BYTES, bytes() - sealed.length);
        DeadLetter letter = decode(id, sealed);
        LetterKind kind = LetterKind.of(letter);
        for (long number : kinds.possible(kind)) {
            if (byKind.remove(number, id) && byKind.next(number, -1) < 0) {
                kinds.remove(number);
            }
        }
        byTerm.remove(LetterTerm.unit(letter.origin().unit()), id);
        Subject subject = letter.subject();
        if (subject != null) {
            byTerm.remove(LetterTerm.entity(subject.entity()), id);
            byTerm.remove(LetterTerm.messageId(subject.messageId()), id);
        }
    }

    /** Makes durable what was written. */
    void sync() throws IOException {
        reopenIfClosed();
        opened.readLock().lock();
        try {
            store.sync();
            syncedVersion = store.getCurrentVersion();
            MVStore.TxCounter now = store.registerVersionUsage();
            store.deregisterVersionUsage(synced);
            synced = now;
        } catch (MVStoreException e) {
            throw failed("sync", e);
        } finally {
            opened.readLock().unlock();
        }
    }

    /** Gives space back, each time that the file has grown: each commit writes pages of the indexes anew. */
    void compactAsItGrows() throws IOException {
        opened.readLock().lock();
        try {
            if (store.isClosed() || store.getFileStore().size() < compactFrom) {
                return;
            }
            store.compact(COMPACT_BELOW_PERCENT, COMPACT_BYTES);
            compactFrom = store.getFileStore().size() + COMPACT_EVERY_BYTES;
        } catch (MVStoreException e) {
            throw failed("compact", e);
        } finally {
            opened.readLock().unlock();
        }
    }

    private IOException failed(String what, MVStoreException e) {
        store.closeImmediately();
        return new IOException("cannot " + what + " " + file + ": " + Store.cause(e), e);
    }

    /** Of all letters, in bytes. */
    long bytes() {
        return numbers.getOrDefault(BYTES, 0L);
    }

    /** The highest that there ever was. */
    long lastId() {
        return numbers.getOrDefault(LAST_ID, 0L);
    }

    /** When the last one came. */
    Instant lastAt() {
        Long last = letters.lastKey();
        return last == null ? Instant.MIN : get(last).letter.at();
    }

    // ---- whoever reads

    long size() {
        return reading(() -> letters.sizeAsLong());
    }

    /** How many have that id or a lower one. */
    long sizeUpTo(long id) {
        return reading(() -> IdIndex.before(letters, id + 1));
    }

    boolean contains(long id) {
        return reading(() -> letters.containsKey(id));
    }

    /**
     * A letter, and what it takes in the store.
     *
     * @param bytes as {@link #bytes} counts
     */
    record Stored(DeadLetter letter, int bytes) {}

    /** Null where there is none. */
    Stored get(long id) {
        byte[] sealed = reading(() -> letters.get(id));
        return sealed == null ? null : new Stored(decode(id, sealed), sealed.length);
    }

    DeadLetterPage page(DeadLetterFilter filter, long after, int limit) {
        return reading(() -> search().page(filter, after, limit));
    }

    long count(DeadLetterFilter filter) {
        return reading(() -> search().count(filter));
    }

    List<LetterGroup> groups(DeadLetterFilter filter) {
        return reading(() -> search().groups(filter));
    }

    private LetterSearch search() {
        return new LetterSearch(letters, kinds, byKind, byTerm, this::decode);
    }

    private <T> T reading(Supplier<T> read) {
        opened.readLock().lock();
        try {
            MVStore.TxCounter version = store.registerVersionUsage();
            try {
                return read.get();
            } finally {
                store.deregisterVersionUsage(version);
            }
        } catch (MVStoreException e) {
            throw new SpoolException("cannot read " + file + ": " + Store.cause(e), e);
        } finally {
            opened.readLock().unlock();
        }
    }

    private DeadLetter decode(long id, byte[] sealed) {
        try {
            return StoredLetter.decode(id, Sealed.open(id, sealed));
        } catch (IOException | RuntimeException e) {
            throw Store.damaged(file, "dead letter " + id + ": " + e.getMessage(), e);
        }
    }

    /** @return what the file is then; unknown where it could not be closed */
    StoreFile.End close() {
        opened.writeLock().lock();
        try {
            if (!store.isClosed()) {
                store.deregisterVersionUsage(synced);
                return StoreFile.close(store);
            }
            return StoreFile.End.UNKNOWN;
        } catch (MVStoreException e) {
            abandon();
            return StoreFile.End.UNKNOWN;
        } finally {
            opened.writeLock().unlock();
        }
    }

    /** Closes the file as it is: nothing is written. */
    void abandon() {
        if (store != null) {
            store.closeImmediately();
        }
    }
}

package io.vitallyrelay.spool.local;

import io.vitallyrelay.spool.SpoolException;
import java.io.EOFException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.h2.mvstore.DataUtils;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.MVStoreException;
import org.h2.mvstore.SFChunk;
import org.h2.mvstore.SingleFileStore;
import org.h2.mvstore.type.ByteArrayDataType;
import org.h2.mvstore.type.LongDataType;
import org.h2.store.fs.FileUtils;

/**
 * The file of the {@link Store} or of the {@link LetterStore}, which is gone through as a whole when it is opened, unless it is as it was closed: what counts is the newest chunk that is there
 * with all it needs, wherever the header leads. MVStore by itself follows the header. After a write that was torn, or was not
 * followed by its header, that can end at an older chunk; after a clean close it does so as soon as one chunk is written over that
 * nothing needs any more.
 *
 * <p>Thread-safe as its base class is.
 */
final class StoreFile extends SingleFileStore {
    private static final int CACHE_MB = 8;
    private static final int BLOCK = 4096;
    /** Two blocks in front, with the same in both. A file without them holds nothing. */
    static final int HEADER_BYTES = 2 * BLOCK;

    private End end = End.UNKNOWN;
    private boolean headersAreLost;
    /** The last one, which MVStore takes for a chunk that is not there while it goes through the file. */
    private MVStoreException failedToRead;
    /** Of all chunks that were come upon, needed or not. */
    private long newestVersion;

    private StoreFile(Map<String, Object> config) {
        super(config);
    }

    /**
     * What a file was when it was closed, by which the next start knows whether anything was written since.
     *
     * @param bytes its length
     * @param version the newest one in it
     */
    record End(long bytes, long version) {
        static final End UNKNOWN = new End(0, 0);
    }

    /**
     * Opens and locks the file.
     *
     * @param end what it was when it was closed; where it is anything else, or that is unknown, it is gone through
     * @throws MVStoreException when it cannot be opened, or is locked
     */
    static MVStore open(String name, End end) {
        try {
            return openFrom(name, end);
        } catch (MVStoreException e) {
            if (end.equals(End.UNKNOWN) || isOfTheDisk(e)) {
                throw e;
            }
            return openFrom(name, End.UNKNOWN);
        }
    }

    private static MVStore openFrom(String name, End end) {
        StoreFile file = new StoreFile(Map.of("cacheSize", CACHE_MB));
        file.end = end;
        file.open(name, false, null);
        MVStore store =
                new MVStore.Builder().adoptFileStore(file).autoCommitDisabled().open();
        store.setAutoCommitDelay(0);
        store.setVersionsToKeep(0);
        store.setRetentionTime(0);
        return store;
    }

    /** A map of it. */
    static MVMap<Long, byte[]> map(MVStore store, String name) {
        return store.openMap(
                name,
                new MVMap.Builder<Long, byte[]>().keyType(LongDataType.INSTANCE).valueType(ByteArrayDataType.INSTANCE));
    }

    /**
     * Makes durable what was opened: a killed process, or a commit that failed, may have left more than was synced.
     *
     * @param least the version that it has to have
     * @return what this version needs is not written over until this is deregistered
     * @throws SpoolException when the file is older than that: MVStore opens what it can read
     */
    static MVStore.TxCounter keep(MVStore opened, Path path, long least) {
        requireVersion(opened, path, least);
        ((StoreFile) opened.getFileStore()).forgetWhatIsNewer();
        opened.sync();
        return opened.registerVersionUsage();
    }

    /** @throws SpoolException when the file that was opened is older than that */
    static void requireVersion(MVStore opened, Path path, long least) {
        if (opened.getCurrentVersion() < least) {
            throw Store.damaged(
                    path,
                    "its newest part is gone: it is at version " + opened.getCurrentVersion() + ", but version " + least
                            + " was on the disk",
                    null);
        }
    }

    /** Closes the file, and tells what it is then. */
    static End close(MVStore store) {
        StoreFile file = (StoreFile) store.getFileStore();
        store.close();
        return new End(FileUtils.size(file.getFileName()), file.lastChunkVersion());
    }

    @Override
    protected void readStoreHeader(boolean recoveryMode) {
        if (!end.equals(End.UNKNOWN)) {
            super.readStoreHeader(false);
            requireEnd();
            return;
        }
        try {
            super.readStoreHeader(true);
        } catch (MVStoreException e) {
            requireAllWasRead();
            if (e.getErrorCode() != DataUtils.ERROR_FILE_CORRUPT) {
                throw e;
            }
            // two writes of them that were torn, one after the other
            headersAreLost = true;
            super.readStoreHeader(true);
            if (lastChunk == null) {
                throw e;
            }
        }
        requireAllWasRead();
    }

    private void requireEnd() {
        boolean isIt = size() == end.bytes && lastChunkVersion() == end.version;
        for (SFChunk chunk : getChunksFromLayoutMap()) {
            isIt &= chunk.block == 0 || readChunkHeaderAndFooter(chunk.block, chunk.id) != null;
        }
        requireAllWasRead();
        if (!isIt) {
            throw DataUtils.newMVStoreException(DataUtils.ERROR_FILE_CORRUPT, "it is not as it was closed");
        }
    }

    private void requireAllWasRead() {
        if (failedToRead != null) {
            throw failedToRead;
        }
    }

    @Override
    public ByteBuffer readFully(SFChunk chunk, long at, int length) {
        if (at == 0 && headersAreLost) {
            return ByteBuffer.wrap(header());
        }
        try {
            return super.readFully(chunk, at, length);
        } catch (MVStoreException e) {
            if (isOfTheDisk(e)) {
                failedToRead = e;
            }
            throw e;
        }
    }

    /** Whether the disk could not be read, rather than that there is less in the file than there should be. */
    static boolean isOfTheDisk(Throwable failure) {
        return failure instanceof MVStoreException e
                && e.getErrorCode() == DataUtils.ERROR_READING_FAILED
                && !(e.getCause() instanceof EOFException);
    }

    /** Leads nowhere, and is written anew with the first chunk, as one that says "clean" is. */
    private static byte[] header() {
        byte[] text = "H:2,block:2,blockSize:1000,chunk:0,clean:1,created:0,format:3,version:0"
                .getBytes(StandardCharsets.ISO_8859_1);
        byte[] sum = (",fletcher:" + Integer.toHexString(DataUtils.getFletcher32(text, 0, text.length)) + "\n")
                .getBytes(StandardCharsets.ISO_8859_1);
        return ByteBuffer.allocate(HEADER_BYTES).put(text).put(sum).array();
    }

    @Override
    public SFChunk createChunk(String description) {
        SFChunk chunk = super.createChunk(description);
        newestVersion = Math.max(newestVersion, chunk.version);
        return chunk;
    }

    /**
     * Wipes out chunks that are newer than what was opened: a loss of power left them without some that they need. With what is
     * written next, under the same numbers, they could else pass for whole at a later start.
     */
    private void forgetWhatIsNewer() {
        if (newestVersion <= lastChunkVersion()) {
            return;
        }
        for (SFChunk chunk = discoverChunk(size() / BLOCK); chunk != null; chunk = discoverChunk(chunk.block)) {
            if (chunk.version > lastChunkVersion()) {
                writeFully(null, chunk.block * BLOCK, ByteBuffer.allocate(BLOCK));
            }
        }
    }
}

package io.vitallyrelay.spool.local;

import io.vitallyrelay.disk.PrivateFiles;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.CRC32C;

/**
 * The version of the last sync, and how the files were when they were closed, in a small file of its own. When the newest part of the
 * store is damaged, MVStore opens an older state as if nothing had happened; this file tells that there was more. Two slots are
 * written in turn, so that a torn write leaves the other one. Not thread-safe: it belongs to {@link Store}.
 */
final class SyncedVersion implements AutoCloseable {
    private static final int SLOT = 16;
    private static final int ENDS = 2 * SLOT;

    private final FileChannel file;
    private long version;

    /** Opens the file, which is created where absent: version 0. */
    SyncedVersion(Path path, StoreFiles files) throws IOException {
        PrivateFiles.createFile(path);
        file = files.open(path);
        version = Math.max(read(0, 1)[0], read(SLOT, 1)[0]);
    }

    long get() {
        return version;
    }

    /** Returns when the version is durable. */
    void set(long synced) throws IOException {
        write(synced % 2 * SLOT, synced);
        version = synced;
    }

    /** How the files are, of which nothing is open any more. Returns when that is durable. */
    void setEnds(StoreFile.End store, StoreFile.End letters) throws IOException {
        write(ENDS, store.bytes(), store.version(), letters.bytes(), letters.version());
    }

    /** How the store and the letters were left, or two unknown ones. Returns when it is durable that they may be changed now. */
    List<StoreFile.End> takeEnds() throws IOException {
        long[] ends = read(ENDS, 4);
        // a build that knew of no ends may have written since
        boolean areKnown = ends[0] > 0 && ends[1] >= version;
        if (ends[0] > 0) {
            write(ENDS, 0, 0, 0, 0);
        }
        return areKnown
                ? List.of(new StoreFile.End(ends[0], ends[1]), new StoreFile.End(ends[2], ends[3]))
                : List.of(StoreFile.End.UNKNOWN, StoreFile.End.UNKNOWN);
    }

    private void write(long at, long... values) throws IOException {
        ByteBuffer slot = ByteBuffer.allocate((values.length + 1) * Long.BYTES);
        slot.asLongBuffer().put(values).put(checksum(values));
        while (slot.hasRemaining()) {
            at += file.write(slot, at);
        }
        file.force(false);
    }

    /** Zeros where they were never written, or torn. */
    private long[] read(long at, int count) throws IOException {
        ByteBuffer slot = ByteBuffer.allocate((count + 1) * Long.BYTES);
        for (int read = 0; read >= 0 && slot.hasRemaining(); ) {
            read = file.read(slot, at + slot.position());
        }
        long[] values = new long[count];
        slot.clear().asLongBuffer().get(values);
        return slot.getLong(count * Long.BYTES) == checksum(values) ? values : new long[count];
    }

    private static long checksum(long... values) {
        CRC32C crc = new CRC32C();
        for (long value : values) {
            crc.update(ByteBuffer.allocate(Long.BYTES).putLong(value).flip());
        }
        // not 0 for 0: a slot of zeros is no version
        return crc.getValue() + 1;
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}

package io.vitallyrelay.spool.local;

import io.vitallyrelay.disk.PrivateFiles;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.zip.CRC32C;

/**
 * The version of the last sync, in a small file of its own. When the newest part of the store is damaged, MVStore opens an
 * older state as if nothing had happened; this file tells that there was more. Two slots are written in turn, so that a torn
 * write leaves the other one. Not thread-safe: it belongs to {@link Store}.
 */
final class SyncedVersion implements AutoCloseable {
    private static final int SLOT = 16;

    private final FileChannel file;
    private long version;

    /** Opens the file, which is created where absent: version 0. */
    SyncedVersion(Path path, StoreFiles files) throws IOException {
        PrivateFiles.createFile(path);
        file = files.open(path);
        version = Math.max(read(0), read(1));
    }

    long get() {
        return version;
    }

    /** Returns when the version is durable. */
    void set(long synced) throws IOException {
        ByteBuffer slot = ByteBuffer.allocate(SLOT)
                .putLong(synced)
                .putLong(checksum(synced))
                .flip();
        long at = synced % 2 * SLOT;
        while (slot.hasRemaining()) {
            at += file.write(slot, at);
        }
        file.force(false);
        version = synced;
    }

    /** 0 where the slot was never written, or torn. */
    private long read(int slot) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(SLOT);
        for (int read = 0; read >= 0 && bytes.hasRemaining(); ) {
            read = file.read(bytes, (long) slot * SLOT + bytes.position());
        }
        if (bytes.hasRemaining()) {
            return 0;
        }
        long candidate = bytes.flip().getLong();
        return bytes.getLong() == checksum(candidate) ? candidate : 0;
    }

    private static long checksum(long value) {
        CRC32C crc = new CRC32C();
        crc.update(ByteBuffer.allocate(Long.BYTES).putLong(value).flip());
        // not 0 for 0: a slot of zeros is no version
        return crc.getValue() + 1;
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}

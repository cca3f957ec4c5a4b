package io.vitallyrelay.spool.local;

import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Whether the disk under the spool has room for more. Sources wait below a minimum of free space, so that the {@link Reserve} is
 * left to what is delivered. Guarded by the lock of {@link Staging}.
 */
final class Disk {
    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
    private static final long SHARE = 16 * 1024 * 1024;

    private final Path folder;
    private final LongSupplier usable;
    private final Reserve reserve;
    private final long minimum;

    private long looked = System.nanoTime() - LOOK_NANOS;
    private long free;
    private boolean isShort;

    Disk(Path folder, LongSupplier usable, Reserve reserve, long minimum) {
        this.folder = folder;
        this.usable = usable;
        this.reserve = reserve;
        this.minimum = minimum;
    }

    /**
     * How large the reserve of a spool is, and how much is to be free besides. A commit that fails can hold two full stages, and
     * settling all that was pending has let the file grow by less than half a stage.
     *
     * @param maxBytes of pending messages
     */
    static long share(long maxBytes) {
        return Math.min(SHARE, maxBytes);
    }

    /** What is free to this user on the disk of the folder; without end where the file system does not say. */
    static long usable(Path folder) {
        try {
            FileStore store = Files.getFileStore(folder);
            return store.getTotalSpace() > 0 ? store.getUsableSpace() : Long.MAX_VALUE;
        } catch (IOException e) {
            return Long.MAX_VALUE;
        }
    }

    /** Looks again, unless that was a moment ago. */
    void look() {
        long now = System.nanoTime();
        if (now - looked >= LOOK_NANOS) {
            looked = now;
            free = usable.getAsLong();
            isShort = free < (isShort ? needed() + minimum / 4 : needed());
        }
    }

    private long needed() {
        return minimum + reserve.missing();
    }

    /** Whether sources wait, as of the last look. */
    boolean isShort() {
        return isShort;
    }

    /** What an operator has to know; null where there is room. */
    String problem() {
        return isShort
                ? "the disk of " + folder + " has " + free + " bytes left, and every source waits below "
                        + (needed() + minimum / 4) + ": make room there. What is pending is delivered meanwhile"
                : null;
    }
}

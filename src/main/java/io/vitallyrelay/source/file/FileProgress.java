package io.vitallyrelay.source.file;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.LongSupplier;

/** How far the reading of a file is, in bytes as they lie on the disk. One thread reads the file; any may ask. */
public final class FileProgress {
    private static final long NANOS = 1_000_000_000;
    /** What was read in less time tells nothing of the rest. */
    private static final long SHORTEST = NANOS;

    private final long size;
    private final LongSupplier ticker;
    private final long begunAt;
    private volatile long read;

    /**
     * @param size of the file
     * @param ticker nanoseconds, as {@link System#nanoTime}
     */
    FileProgress(long size, LongSupplier ticker) {
        this.size = size;
        this.ticker = ticker;
        begunAt = ticker.getAsLong();
    }

    /** From 0 to 100. */
    public double percent() {
        return size == 0 ? 100 : Math.min(100, 100.0 * read / size);
    }

    /** At the pace since the reading began; null before that says anything. */
    public Long secondsLeft() {
        long now = read;
        long took = ticker.getAsLong() - begunAt;
        if (now == 0 || took < SHORTEST) {
            return null;
        }
        return Math.round((double) took / NANOS * Math.max(0, size - now) / now);
    }

    /** Counts what is read from the stream. */
    InputStream counting(InputStream in) {
        return new FilterInputStream(in) {
            @Override
            public int read() throws IOException {
                int one = super.read();
                add(one < 0 ? 0 : 1);
                return one;
            }

            @Override
            public int read(byte[] into, int from, int most) throws IOException {
                int n = super.read(into, from, most);
                add(Math.max(0, n));
                return n;
            }
        };
    }

    @SuppressWarnings("NonAtomicOperationOnVolatileField") // one thread reads the file
    private void add(int bytes) {
        read += bytes;
    }
}

package io.vitallyrelay.source.file;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * The files that were moved last, watched for a minute: what a writer adds to one of them now is read by nobody.
 * Thread-safe.
 */
public final class MovedFiles {
    static final Duration WATCHED = Duration.ofMinutes(1);
    static final int MOST = 1_000;

    private final LongSupplier ticker;
    private final Deque<Watched> watched = new ArrayDeque<>();

    private record Watched(MovedFile file, long since) {}

    /** @param ticker nanoseconds, as {@link System#nanoTime} */
    public MovedFiles(LongSupplier ticker) {
        this.ticker = ticker;
    }

    /** Those that were moved first are watched no longer when there are too many. */
    public synchronized void add(MovedFile file) {
        if (watched.size() == MOST) {
            watched.removeFirst();
        }
        watched.addLast(new Watched(file, ticker.getAsLong()));
    }

    /** Those that grew; each is named once. */
    public synchronized List<MovedFile> grown() {
        long now = ticker.getAsLong();
        List<MovedFile> grown = new ArrayList<>();
        watched.removeIf(one -> {
            boolean grew = one.file.grownBy() > 0;
            if (grew) {
                grown.add(one.file);
            }
            return grew || now - one.since >= WATCHED.toNanos();
        });
        return grown;
    }
}

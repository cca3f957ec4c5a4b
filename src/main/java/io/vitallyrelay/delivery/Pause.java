package io.vitallyrelay.delivery;

import java.util.random.RandomGenerator;

/**
 * A time in which nobody sends, after which one after the other goes on, at random distances, so that they do not come back
 * together. Guarded by the {@link Gate}; times are nanoseconds of its ticker.
 */
final class Pause {
    /** Longest distance between two that go on after a pause: 50 ms. */
    static final long GAP = 50_000_000;

    private final int lanes;
    private final RandomGenerator random;
    private long until;
    private int staggered;

    Pause(int lanes, RandomGenerator random, long now) {
        this.lanes = lanes;
        this.random = random;
        this.until = now;
    }

    void until(long time) {
        if (time - until > 0) {
            until = time;
        }
        staggered = lanes;
    }

    long waitOf(long now) {
        return Math.max(0, until - now);
    }

    void entered(long now) {
        if (staggered > 0) {
            staggered--;
            until = now + random.nextLong(GAP);
        }
    }
}

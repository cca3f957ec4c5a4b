package io.vitallyrelay.delivery;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * Exponential back-off with full jitter: before retry n a random wait of up to {@code initial * 2^(n-1)}, at most
 * {@code max}, so that senders which failed together do not come back together. Thread-safe if {@code random} is.
 */
public record BackOff(Duration initial, Duration max, RandomGenerator random) {
    public BackOff {
        if (initial.isNegative() || initial.isZero() || max.compareTo(initial) < 0) {
            throw new IllegalArgumentException("back-off from " + initial + " to " + max);
        }
    }

    /** @param retry 1 for the first retry */
    public Duration before(int retry) {
        int doublings = Math.min(retry - 1, 62);
        long ceiling = max.toMillis();
        if (initial.toMillis() <= ceiling >> doublings) {
            ceiling = initial.toMillis() << doublings;
        }
        return Duration.ofMillis(random.nextLong(ceiling + 1));
    }
}

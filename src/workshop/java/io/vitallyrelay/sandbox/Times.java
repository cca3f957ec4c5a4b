package io.vitallyrelay.sandbox;

import java.util.concurrent.atomic.AtomicInteger;

/** Says yes a given number of times, then no. Safe for many threads. */
final class Times {
    private final AtomicInteger left;

    Times(int times) {
        left = new AtomicInteger(times);
    }

    boolean oneMore() {
        return left.getAndUpdate(n -> Math.max(0, n - 1)) > 0;
    }
}

package io.vitallyrelay.delivery;

import com.netflix.concurrency.limits.limit.Gradient2Limit;

/**
 * How many lanes post at once: a few at the start, one more for every few batches that are taken, and fewer again where answers take
 * longer than they used to. Refusals are the matter of {@link LearnedRate}. Guarded by the {@link Gate}.
 */
final class Concurrency {
    private static final int FIRST = 8;
    private static final int TAKEN_FOR_ONE_MORE = 4;

    private final int lanes;
    private final Gradient2Limit limit;
    private int taken;

    Concurrency(int lanes) {
        this.lanes = lanes;
        limit = Gradient2Limit.newBuilder()
                .initialLimit(lanes)
                .minLimit(1)
                .maxConcurrency(lanes)
                .queueSize(1)
                .rttTolerance(2)
                .build();
    }

    int most() {
        return Math.max(1, Math.min(FIRST + taken / TAKEN_FOR_ONE_MORE, limit.getLimit()));
    }

    /** A batch was taken. Answers to refused ones are quicker, and tell nothing about the load. */
    void delivered(long enteredAt, long took, int inside) {
        taken = Math.min(taken + 1, lanes * TAKEN_FOR_ONE_MORE);
        limit.onSample(enteredAt, Math.max(1, took), inside, false);
    }
}

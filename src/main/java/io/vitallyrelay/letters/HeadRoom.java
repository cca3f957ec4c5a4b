package io.vitallyrelay.letters;

import io.vitallyrelay.spool.Counts;
import io.vitallyrelay.spool.Ledger;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/**
 * Leaves room for what sources bring beside a replay. While more than a few messages are pending, a replay has its share of the
 * messages that are sent, and works for its share of the time, as mapping large records costs others more than their number
 * says. Not thread-safe.
 */
final class HeadRoom {
    private static final long LOOK_MILLIS = 20;

    private final Ledger ledger;
    private final int percent;
    private final long few;
    private final LongSupplier ticker;

    private long settledBefore;
    private long begunAt;

    /**
     * @param percent of all that is sent may be of a replay, while other messages wait, 1 to 100
     * @param few pending messages are so few that nobody waits
     * @param ticker nanoseconds, as {@link System#nanoTime}
     */
    HeadRoom(Ledger ledger, int percent, long few, LongSupplier ticker) {
        this.ledger = ledger;
        this.percent = percent;
        this.few = few;
        this.ticker = ticker;
    }

    /** Some letters are about to be replayed. */
    void begin() {
        settledBefore = settled(ledger.totals());
        begunAt = ticker.getAsLong();
    }

    /**
     * They are: waits until the next may be.
     *
     * @param replayed messages since {@link #begin}
     * @param isOver whether nothing is waited for any more
     */
    void await(long replayed, BooleanSupplier isOver) throws InterruptedException {
        long worked = ticker.getAsLong() - begunAt;
        while (!isOver.getAsBoolean()) {
            Counts now = ledger.totals();
            boolean wereSent = (settled(now) - settledBefore) * percent >= replayed * 100;
            boolean isTime = (ticker.getAsLong() - begunAt) * percent >= worked * 100;
            if (now.pending() <= few || (wereSent && isTime)) {
                return;
            }
            Thread.sleep(LOOK_MILLIS);
        }
    }

    private static long settled(Counts counts) {
        return counts.delivered() + counts.dead() + counts.discarded();
    }
}

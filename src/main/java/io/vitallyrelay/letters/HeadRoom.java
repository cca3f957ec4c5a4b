package io.vitallyrelay.letters;

import io.vitallyrelay.spool.Counts;
import io.vitallyrelay.spool.Ledger;
import java.util.function.BooleanSupplier;

/**
 * Leaves room for what sources bring beside a replay: no more messages are replayed before so many were sent that those of the
 * replay are its share of them, or hardly any are left to send. Not thread-safe.
 */
final class HeadRoom {
    private static final long LOOK_MILLIS = 20;

    private final Ledger ledger;
    private final int percent;
    private final long few;

    private long settledBefore;

    /**
     * @param percent of all that is sent may be of a replay, while other messages wait, 1 to 100
     * @param few pending messages are so few that nobody waits
     */
    HeadRoom(Ledger ledger, int percent, long few) {
        this.ledger = ledger;
        this.percent = percent;
        this.few = few;
    }

    void begin() {
        settledBefore = settled(ledger.totals());
    }

    /**
     * Waits since {@link #begin}.
     *
     * @param replayed messages since then
     * @param isOver whether nothing is waited for any more
     */
    void await(long replayed, BooleanSupplier isOver) throws InterruptedException {
        while (!isOver.getAsBoolean()) {
            Counts now = ledger.totals();
            if (now.pending() <= few || (settled(now) - settledBefore) * percent >= replayed * 100) {
                return;
            }
            Thread.sleep(LOOK_MILLIS);
        }
    }

    private static long settled(Counts counts) {
        return counts.delivered() + counts.dead() + counts.discarded();
    }
}

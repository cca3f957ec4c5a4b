package io.vitallyrelay.delivery;

import io.vitallyrelay.spool.PendingMessage;
import io.vitallyrelay.spool.Spool;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * What a lane has taken from the spool and not put into a batch yet, in order. A batch whose route failed goes back to the
 * lane before it, together with what is in hand, so that nothing overtakes it. Thread-safe: one thread takes, and another one
 * may give back at that moment, as the one that completes batches by their age does.
 */
public final class LaneHand {
    private final Spool spool;
    private final int lane;
    private final Batch.Limits limits;
    private final UnderWay underWay;
    private final Parked parked;
    private final Deque<PendingMessage> taken = new ArrayDeque<>();

    /**
     * @param underWay counts the messages that are put into batches
     * @param gate knows which integrations are held
     */
    public LaneHand(Spool spool, int lane, Batch.Limits limits, UnderWay underWay, Gate gate) {
        parked = new Parked(gate.refusedHolds(), spool::integration);
        this.spool = spool;
        this.lane = lane;
        this.limits = limits;
        this.underWay = underWay;
    }

    /**
     * Takes as many messages as a batch may have, where nothing is left of the last ones.
     *
     * @param wait for the first one, at most
     * @return whether something is in hand, or to be taken from those that waited for their integration
     */
    public synchronized boolean take(Duration wait) throws InterruptedException {
        if (taken.isEmpty()) {
            taken.addAll(spool.take(lane, limits.messages(), wait));
        }
        return !taken.isEmpty() || parked.isReady();
    }

    /** A batch with what is in hand and fits; it can be empty, if that was given back since it was taken. */
    public Batch begin() {
        Batch batch = new Batch(limits);
        fill(batch);
        return batch;
    }

    /** What waits for its integration. */
    public Parked parked() {
        return parked;
    }

    /** Puts what is in hand into the batch until it is full. */
    public synchronized void fill(Batch batch) {
        int added = 0;
        while (!taken.isEmpty() && !batch.isFull()) {
            batch.add(taken.poll());
            added++;
        }
        underWay.add(added);
    }

    /** Back to the front of the lane with these, which were taken first, with what waits for its integration, and what is in hand. */
    public synchronized void giveBack(List<PendingMessage> unsettled) {
        List<PendingMessage> all = new ArrayList<>(unsettled);
        if (!unsettled.isEmpty()) {
            // what waits of an entity is behind these, and before all that is taken from now on
            all.addAll(parked.takeAll());
        }
        all.addAll(taken);
        taken.clear();
        spool.giveBack(all);
    }
}

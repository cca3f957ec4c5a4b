package io.vitallyrelay.delivery;

import io.vitallyrelay.spool.Lane;
import io.vitallyrelay.spool.Pending;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * What is taken from a lane and not put into a batch yet, in order. A batch whose route failed comes back before it, so that
 * nothing overtakes it. Thread-safe: one thread takes, and another one may give back at that moment, as the one that completes
 * batches by their age does.
 */
public final class LaneBuffer {
    private final Lane lane;
    private final Batch.Limits limits;
    private final UnderWay underWay;
    private final Parked parked;
    private final LaneState state;
    private final Deque<Pending> taken = new ArrayDeque<>();

    /**
     * @param state is told what the lane does
     * @param underWay counts the messages that are put into batches
     * @param gate knows which integrations are held
     */
    public LaneBuffer(Lane lane, LaneState state, Batch.Limits limits, UnderWay underWay, Gate gate) {
        parked = new Parked(gate.integrationHolds());
        this.lane = lane;
        this.state = state;
        this.limits = limits;
        this.underWay = underWay;
    }

    /**
     * Takes as many messages as a batch may have, where nothing is left of the last ones.
     *
     * @param wait for the first one, at most
     * @return whether something is in it, or to be taken from those that waited for their integration
     */
    public synchronized boolean take(Duration wait) throws InterruptedException {
        if (taken.isEmpty()) {
            taken.addAll(lane.poll(limits.messages(), wait));
        }
        return !taken.isEmpty() || parked.isReady();
    }

    /** A batch with what is in it and fits; it can be empty, if that was given back since it was taken. */
    public Batch begin() {
        Batch batch = new Batch(limits);
        fill(batch);
        return batch;
    }

    /** Where they are from. */
    public Lane lane() {
        return lane;
    }

    /** What the lane does. */
    public LaneState state() {
        return state;
    }

    /** What waits for its integration. */
    public Parked parked() {
        return parked;
    }

    /** Puts what is in it into the batch until it is full. */
    public synchronized void fill(Batch batch) {
        int added = 0;
        while (!taken.isEmpty() && !batch.isFull()) {
            batch.add(taken.poll());
            added++;
        }
        underWay.add(added);
        state.is(LaneState.Doing.COLLECTING, batch.messages().size());
    }

    /** These, which were taken first, are the next ones, then what waits for its integration, then what was in it. */
    public synchronized void giveBack(List<Pending> unsettled) {
        List<Pending> all = new ArrayList<>(unsettled);
        // what waits of an entity is behind these, and before all that is taken from now on
        all.addAll(parked.takeAll());
        all.addAll(taken);
        taken.clear();
        taken.addAll(all);
    }
}

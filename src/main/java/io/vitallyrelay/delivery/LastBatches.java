package io.vitallyrelay.delivery;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/** The last requests, and what came of them. Costs a request an entry in a list. Thread-safe; forgotten at a restart. */
public final class LastBatches implements DeliveryListener {
    /** At most so many are kept. */
    public static final int KEPT = LastPerLane.KEPT;

    private final LastPerLane<Entry> last;
    private final InstantSource clock;

    /** @param at when it was answered */
    public record Entry(Instant at, Posted posted) {}

    /** @param lanes how many there are */
    public LastBatches(int lanes, InstantSource clock) {
        last = new LastPerLane<>(lanes, Entry::at);
        this.clock = clock;
    }

    @Override
    public void posted(Posted posted) {
        last.add(posted.lane(), new Entry(clock.instant(), posted));
    }

    /** Newest first, at most {@value #KEPT}. */
    public List<Entry> newest(int most) {
        return last.newest(Math.min(most, KEPT));
    }
}

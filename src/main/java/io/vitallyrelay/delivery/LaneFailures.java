package io.vitallyrelay.delivery;

import java.util.Map;
import java.util.TreeMap;

/** The lanes that stand still until a restart, as something failed that is not about a message, and why. Thread-safe. */
public final class LaneFailures {
    private final Map<Integer, String> reasons = new TreeMap<>();

    public synchronized void failed(int lane, String reason) {
        reasons.put(lane, reason);
    }

    /** The reasons by the number of the lane, in its order; empty where all lanes run. */
    public synchronized Map<Integer, String> all() {
        return new TreeMap<>(reasons);
    }
}

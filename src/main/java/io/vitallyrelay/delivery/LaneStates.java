package io.vitallyrelay.delivery;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

/** What each lane does at the moment. Thread-safe. */
public final class LaneStates {
    private final List<LaneState> lanes;

    /** @param lanes how many there are */
    public LaneStates(int lanes) {
        this.lanes = IntStream.range(0, lanes).mapToObj(LaneState::new).toList();
    }

    /** @param lane from 0 on */
    public LaneState of(int lane) {
        return lanes.get(lane);
    }

    /** In the order of their numbers. */
    public List<LaneState> all() {
        return lanes;
    }

    /** Why those stand still that do, by number. */
    public Map<Integer, String> failures() {
        Map<Integer, String> failures = new TreeMap<>();
        for (LaneState lane : lanes) {
            String failure = lane.now().failure();
            if (failure != null) {
                failures.put(lane.lane(), failure);
            }
        }
        return failures;
    }
}

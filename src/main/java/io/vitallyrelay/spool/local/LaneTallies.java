package io.vitallyrelay.spool.local;

import io.vitallyrelay.spool.LaneCounts;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** The messages of each lane, counted in place: each message passes here twice. Guarded by the lock of {@link Staging}. */
final class LaneTallies {
    private final long[] pending;
    private final long[] delivered;
    private final long[] dead;

    LaneTallies(int lanes) {
        pending = new long[lanes];
        delivered = new long[lanes];
        dead = new long[lanes];
    }

    /** @param hash of the entity of the message */
    void appended(int hash) {
        pending[lane(hash)]++;
    }

    void settled(int hash, boolean isDelivery) {
        int lane = lane(hash);
        pending[lane]--;
        (isDelivery ? delivered : dead)[lane]++;
    }

    /** What was settled so far was before the spool was opened. */
    void opened() {
        Arrays.fill(delivered, 0);
        Arrays.fill(dead, 0);
    }

    List<LaneCounts> counts() {
        return IntStream.range(0, pending.length)
                .mapToObj(lane -> new LaneCounts(pending[lane], delivered[lane], dead[lane]))
                .toList();
    }

    private int lane(int hash) {
        return LaneHash.lane(hash, pending.length);
    }
}

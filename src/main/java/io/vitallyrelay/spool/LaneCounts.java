package io.vitallyrelay.spool;

/**
 * The messages of one lane.
 *
 * @param pending neither delivered nor dead
 * @param delivered since the spool was opened
 * @param dead moved to the dead letters since the spool was opened
 */
public record LaneCounts(long pending, long delivered, long dead) {
    static final LaneCounts NONE = new LaneCounts(0, 0, 0);

    LaneCounts appended() {
        return new LaneCounts(pending + 1, delivered, dead);
    }

    LaneCounts settled(boolean isDelivered) {
        return new LaneCounts(pending - 1, delivered + (isDelivered ? 1 : 0), dead + (isDelivered ? 0 : 1));
    }
}

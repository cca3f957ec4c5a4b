package io.vitallyrelay.spool;

/**
 * The messages of one lane.
 *
 * @param pending neither delivered nor dead
 * @param delivered since the spool was opened
 * @param dead moved to the dead letters since the spool was opened
 */
public record LaneCounts(long pending, long delivered, long dead) {
    public static final LaneCounts NONE = new LaneCounts(0, 0, 0);

    /** With one more pending. */
    public LaneCounts appended() {
        return new LaneCounts(pending + 1, delivered, dead);
    }

    /** With one fewer pending. */
    public LaneCounts settled(boolean isDelivered) {
        return new LaneCounts(pending - 1, delivered + (isDelivered ? 1 : 0), dead + (isDelivered ? 0 : 1));
    }
}

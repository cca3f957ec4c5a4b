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
}

package io.vitallyrelay.spool;

/**
 * The counts of one unit.
 *
 * @param resumeAt where the source goes on, empty where there is nothing to go on with
 * @param finished whether the source is through with it
 */
public record UnitCounts(String integration, String unit, Counts counts, String resumeAt, boolean finished) {

    public long read() {
        return counts.read();
    }

    public long delivered() {
        return counts.delivered();
    }

    public long dead() {
        return counts.dead();
    }

    public long skipped() {
        return counts.skipped();
    }

    /** What is neither delivered nor dead. */
    public long pending() {
        return counts.pending();
    }
}

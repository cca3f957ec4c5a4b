package io.vitallyrelay.spool;

/**
 * The counts of one unit, in messages: a record counts as many messages as it became, and one where it is a dead letter.
 *
 * @param skipped records that the mapping dropped on purpose; not part of {@code read}
 * @param resumeAt where the source goes on, empty where there is nothing to go on with
 * @param finished whether the source is through with it
 */
public record UnitCounts(
        String integration,
        String unit,
        long read,
        long delivered,
        long dead,
        long skipped,
        String resumeAt,
        boolean finished) {

    /** What is neither delivered nor dead. */
    public long pending() {
        return read - delivered - dead;
    }
}

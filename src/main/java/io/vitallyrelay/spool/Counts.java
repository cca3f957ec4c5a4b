package io.vitallyrelay.spool;

/**
 * Counts in messages: a record counts as many messages as it became, and one where it is a dead letter.
 *
 * @param skipped records that the mapping dropped on purpose; not part of {@code read}
 */
public record Counts(long read, long delivered, long dead, long skipped) {
    public static final Counts NONE = new Counts(0, 0, 0, 0);

    /** What is neither delivered nor dead. */
    public long pending() {
        return read - delivered - dead;
    }

    public Counts plus(Counts more) {
        return new Counts(read + more.read, delivered + more.delivered, dead + more.dead, skipped + more.skipped);
    }
}

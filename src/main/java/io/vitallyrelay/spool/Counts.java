package io.vitallyrelay.spool;

/**
 * Counts in messages: a record counts as many messages as it became, and one where it is a dead letter.
 *
 * @param dead letters that there are
 * @param discarded letters that were given up
 * @param skipped records that the mapping dropped on purpose; not part of {@code read}
 */
public record Counts(long read, long delivered, long dead, long discarded, long skipped) {
    public static final Counts NONE = new Counts(0, 0, 0, 0, 0);

    /** Of nothing that was discarded. */
    public Counts(long read, long delivered, long dead, long skipped) {
        this(read, delivered, dead, 0, skipped);
    }

    /** What is neither delivered nor dead nor discarded. */
    public long pending() {
        return read - delivered - dead - discarded;
    }

    public Counts minus(Counts less) {
        return plus(new Counts(-less.read, -less.delivered, -less.dead, -less.discarded, -less.skipped));
    }

    public Counts plus(Counts more) {
        return new Counts(
                read + more.read,
                delivered + more.delivered,
                dead + more.dead,
                discarded + more.discarded,
                skipped + more.skipped);
    }
}

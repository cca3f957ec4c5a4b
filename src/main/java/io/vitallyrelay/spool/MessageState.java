package io.vitallyrelay.spool;

import java.util.Locale;

/**
 * Where a message is on its way, in the words of {@code docs/internals/guarantees.md}. From {@link #PENDING} on,
 * what does not follow from the state of a message is refused. Of all these only pending, delivered,
 * dead and discarded are on disk.
 */
public enum MessageState {
    /** In memory, on its way through mapping and check. A crash: its source reads the record again. */
    IN_THE_ROUTE,
    /** In memory, waiting for the next commit. A crash: its source reads the record again. */
    STAGED,
    /** In the store. A crash: still there. Loss of power before its fsync: its source, not acknowledged yet, reads it again. */
    PENDING,
    /** In the hands of a lane, also in the store. A crash: pending. */
    TAKEN,
    /** In a request. A crash: pending, although the endpoint may have it: it is sent again, with the same messageId. */
    SENT,
    /** The endpoint answered, and what follows from that is not written. A crash: as in {@link #SENT}. */
    ANSWERED,
    /** Settled, counted, no longer in the store: the endpoint accepted it. Final. */
    DELIVERED,
    /** Settled: among the dead letters, with reason, answer and origin, until an operator acts. */
    DEAD,
    /** Given up by an operator, and counted. Final. */
    DISCARDED;

    /** Whether a message of this state may come into the next one. */
    public boolean may(MessageState next) {
        return switch (this) {
            case IN_THE_ROUTE -> next == STAGED || next == DEAD;
            case STAGED -> next == PENDING;
            case PENDING -> next == TAKEN;
            case TAKEN -> next == SENT || next == DEAD || next == PENDING;
            case SENT -> next == ANSWERED || next == TAKEN || next == PENDING;
            case ANSWERED -> next == DELIVERED || next == DEAD || next == TAKEN || next == PENDING;
            case DEAD -> next == PENDING || next == DISCARDED;
            case DELIVERED, DISCARDED -> false;
        };
    }

    /** As people write it. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}

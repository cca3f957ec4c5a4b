package io.vitallyrelay.spool;

import io.vitallyrelay.message.Message;

/**
 * The way of one unit's records into the spool. What a record became is gathered by {@link #message} and {@link #dead} and
 * taken as a whole by {@link #recordDone}: all of it together with the resume point behind the record, or nothing.
 *
 * <p>Not thread-safe: one thread at a time.
 */
public interface Intake {

    /** Where the source has to go on, as it was given to {@link #recordDone}; empty at the very beginning. */
    String resumeAt();

    /** Adds a message that the current record became. Nothing is stored yet. */
    void message(Message message, String position);

    /** Adds a dead letter that the current record became. Nothing is stored yet. */
    void dead(DeadRecord dead);

    /** Throws away what the current record became so far. */
    void discard();

    /** How many messages and dead letters the current record became so far. */
    int gathered();

    /**
     * The record is through: stages what it became, and the resume point behind it, for the next commit. Waits while the
     * spool is full. A record that became nothing counts as skipped.
     *
     * @throws SpoolClosedException when the spool is closing, or {@link Spool#letNoSourceWait}; the record was not taken
     */
    void recordDone(ResumePoint behind) throws InterruptedException;

    /** As {@link #recordDone}, but leaves it to {@link #stageDone} to stage the record, together with those around it. */
    void recordDoneLater(ResumePoint behind);

    /**
     * Stages the records that are done and not staged. Waits while the spool is full.
     *
     * @throws SpoolClosedException as {@link #recordDone}; none of them was taken
     */
    void stageDone() throws InterruptedException;

    /** As {@link Spool#flush()}. */
    void flush() throws InterruptedException;
}

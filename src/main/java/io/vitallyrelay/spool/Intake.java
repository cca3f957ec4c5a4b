package io.vitallyrelay.spool;

import java.util.List;

/**
 * The way of one unit's records into the spool. Not thread-safe: one thread at a time; several intakes may be used at once.
 */
public interface Intake {

    /** Where the source has to go on, as it was given to {@link #append}; empty at the very beginning. */
    String resumeAt();

    /**
     * Takes what records became for the next commit, together with the resume point behind them: all of it becomes durable, or
     * nothing. Waits while the spool is full.
     *
     * @param outcomes of one record or of several in their order; the list is not kept
     * @throws SpoolClosedException when the spool is closing, or {@link Spool#letNoSourceWait}; nothing was taken
     * @throws FencedException when another one owns the unit by now; nothing was taken
     */
    void append(List<Outcome> outcomes, ResumePoint behind) throws InterruptedException;

    /** As {@link Spool#flush()}. */
    void flush() throws InterruptedException;
}

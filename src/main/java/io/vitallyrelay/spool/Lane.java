package io.vitallyrelay.spool;

import java.time.Duration;
import java.util.List;

/** A lane in the hands of the one who opened it last. */
public interface Lane {

    /**
     * The next pending messages, in the order of their appends; waits up to {@code wait} for the first.
     *
     * @return at most {@code max} messages, none when the time is over or the spool is closing
     * @throws FencedException when another one has opened the lane since
     */
    List<Pending> poll(int max, Duration wait) throws InterruptedException;

    /**
     * Settles messages in one commit: each is delivered, or moved to the dead letters. Returns when that survives a kill, so
     * that they are not seen pending again. An engine may keep no more than one batch of a lane apart from those in front of
     * it: whoever settles out of order settles all of a batch before it polls the next one.
     *
     * @throws FencedException when another one has opened the lane since; nothing is settled
     * @throws SpoolClosedException when the spool closes before the commit is written; the messages stay pending
     * @throws IllegalStateException when one was not polled, or is settled; nothing is settled then
     */
    void settle(List<Settled> settled) throws InterruptedException;
}

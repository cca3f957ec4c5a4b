package io.vitallyrelay.spool;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The durable, ordered store between sources and sender. All methods are thread-safe.
 *
 * <p>A message is <em>pending</em> from the moment it is durable until it is settled. A crash at any moment leaves each
 * record either not taken (its source reads it again) or pending, delivered or dead, and the counts of its unit say so.
 */
public interface Spool extends AutoCloseable {

    /**
     * The way in for one unit (a file, a queue, a table). Goes on with the unit of that name where there is one.
     *
     * <p>One intake serves one thread at a time; several intakes may be used at once.
     */
    Intake intake(String integration, String unit);

    /**
     * Waits until all that any intake staged before is durable. One fsync serves all who wait.
     *
     * @throws SpoolClosedException when the spool closed before that, or {@link #letNoSourceWait}
     */
    void flush() throws InterruptedException;

    /** Units of the integration that are not finished yet: the ones a source may have to go on with. */
    List<UnitCounts> unfinished(String integration);

    /** Closes a unit whose source is gone for good: its resume point is forgotten, its counts stay. */
    void finish(String integration, String unit);

    /**
     * The next pending messages of a lane, in the order of their appends; waits up to {@code wait} for the first.
     *
     * @return at most {@code max} messages, none when the time is over or the spool is closing
     */
    List<PendingMessage> take(int lane, int max, Duration wait) throws InterruptedException;

    /**
     * Lets no source wait for room any more, nor for a disk that fails: the record is refused. For the time before
     * {@link #close}, in which messages may still be settled.
     */
    void letNoSourceWait();

    /**
     * Puts messages that were taken and not settled back to the front of their lanes, in the order given.
     *
     * @throws IllegalStateException when one is not in the hands of a lane
     */
    void giveBack(List<PendingMessage> messages);

    /**
     * Settles messages in one commit: each is delivered, or moved to the dead letters. Returns when the commit is written,
     * so that a killed process does not see them pending again.
     *
     * @throws SpoolClosedException when the spool closes before the commit is written; the messages stay pending
     * @throws IllegalStateException when one cannot become that by its {@link MessageState}; nothing is settled then
     */
    void settle(List<Settlement> settlements) throws InterruptedException;

    /** Of which integration a message is that was taken and is not settled. */
    String integration(PendingMessage message);

    /** The messages of each lane, by its number; all of them at the same moment. */
    List<LaneCounts> lanes();

    /** Counts of all units, sorted by integration and unit. They balance at every moment. */
    List<UnitCounts> units();

    /** Dead letters, oldest first, with an id above {@code after}, at most {@code limit} of those the filter accepts. */
    List<DeadLetter> deadLetters(DeadLetterFilter filter, long after, int limit);

    /** How many dead letters the filter accepts. */
    long countDeadLetters(DeadLetterFilter filter);

    /**
     * What {@link #deadLetters} and {@link #countDeadLetters} give, by reading once. Where only an integration is chosen, or
     * nothing, the count costs nothing. Appends and settlements go on while it reads.
     */
    DeadLetterPage deadLetterPage(DeadLetterFilter filter, long after, int limit);

    /** The dead letter of that id. */
    Optional<DeadLetter> deadLetter(long id);

    /** How the store is: bytes in use, whether sources wait, and what is wrong with it. */
    SpoolStatus status();

    /** Writes what is staged and closes. Messages that were taken and not settled stay pending. */
    @Override
    void close();
}

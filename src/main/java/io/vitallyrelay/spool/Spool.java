package io.vitallyrelay.spool;

import java.util.List;

/**
 * The durable, ordered store between sources and sender. All methods are thread-safe, and so are those of what it gives unless
 * it says otherwise.
 *
 * <p>A message is <em>pending</em> from the moment it is durable until it is settled. A crash at any moment leaves each
 * record either not taken (its source reads it again) or pending, delivered or dead, and the counts of its unit say so.
 */
public interface Spool extends AutoCloseable {

    /**
     * The way in for one unit (a file, a queue, a table) that several may feed at once. Goes on with the unit of that name where
     * there is one.
     */
    Intake intake(String integration, String unit);

    /** As {@link #intake}, for the one owner of the unit: an append by the owner before fails and leaves nothing. */
    Intake ownedIntake(String integration, String unit);

    /**
     * Waits until all that any intake appended before is durable. One fsync serves all who wait.
     *
     * @throws SpoolClosedException when the spool closed before that, or {@link #letNoSourceWait}
     */
    void flush() throws InterruptedException;

    /** Units of the integration that are not finished yet: the ones a source may have to go on with. */
    List<UnitCounts> unfinished(String integration);

    /** Closes a unit whose source is gone for good: its resume point is forgotten, its counts stay. */
    void finish(String integration, String unit);

    /**
     * Lets no source wait for room any more, nor for a disk that fails: the record is refused. For the time before
     * {@link #close}, in which messages may still be settled.
     */
    void letNoSourceWait();

    /** The way out. */
    Lanes lanes();

    /** What became of all that was read. */
    Ledger ledger();

    /** What will not be accepted as it is. */
    DeadLetters deadLetters();

    /** How the store is: bytes in use, whether sources wait, and what is wrong with it. */
    SpoolStatus status();

    /** Writes what is staged and closes. Messages that were polled and not settled stay pending. */
    @Override
    void close();
}

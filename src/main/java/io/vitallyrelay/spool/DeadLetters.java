package io.vitallyrelay.spool;

import java.util.Optional;

/** The messages, and records that became none, that will not be accepted as they are. Reading them keeps no lane waiting. */
public interface DeadLetters {

    /**
     * Oldest first, those with an id above {@code after} that the filter accepts, and how many it accepts in all.
     *
     * @param limit letters at most
     */
    DeadLetterPage page(DeadLetterFilter filter, long after, int limit);

    /** How many the filter accepts. */
    long count(DeadLetterFilter filter);

    /** The one of that id. */
    Optional<DeadLetter> get(long id);
}

package io.vitallyrelay.spool;

import io.vitallyrelay.message.Message;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * The messages, and records that became none, that will not be accepted as they are. Reading them keeps no lane and no source
 * waiting, however many there are.
 */
public interface DeadLetters {
    /** Letters that one replay or discard may name, at most. */
    int MOST_AT_ONCE = 1000;

    /** Letters that a page looks at one by one, at most. */
    int LOOKED_AT = 5_000;

    /**
     * Oldest first, those with an id above {@code after} that the filter accepts. A page takes a bounded time: where letters have
     * to be looked at one by one, it ends after {@link #LOOKED_AT} of them, and where they are large, after some.
     *
     * @param limit letters at most; 0 where only the total is wanted
     */
    DeadLetterPage page(DeadLetterFilter filter, long after, int limit);

    /** How many the filter accepts; takes long where all have to be looked at. */
    long count(DeadLetterFilter filter);

    /** Those that the filter accepts by their trouble, the largest group first. */
    List<LetterGroup> groups(DeadLetterFilter filter);

    /** The one of that id. */
    Optional<DeadLetter> get(long id);

    /**
     * Makes letters pending messages of the unit they came from, in one commit with its counts: each is a letter or pending at
     * any moment, and no letter is replayed twice, whoever asks at the same time. What becomes a letter again has this one in its
     * history. Waits while the spool is full. Returns when it
     * survives a kill.
     *
     * @param ids at most {@link #MOST_AT_ONCE}; the messages come in their order
     * @param edit what the letter becomes; nothing where it is to stay a letter
     * @return those that were replayed: the others are no letters any more, or stay ones
     * @throws SpoolClosedException when the spool closes before that; all stay letters
     * @throws SpoolException when one cannot be read; all stay letters
     */
    List<Long> replay(List<Long> ids, Function<DeadLetter, List<Message>> edit) throws InterruptedException;

    /**
     * Gives letters up: they are counted as discarded, in one commit with their removal. Returns when it survives a kill.
     *
     * @param ids at most {@link #MOST_AT_ONCE}
     * @return those that were discarded: the others are no letters any more
     * @throws SpoolClosedException when the spool closes before that; all stay letters
     */
    List<Long> discard(List<Long> ids) throws InterruptedException;
}

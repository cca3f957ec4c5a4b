package io.vitallyrelay.spool;

/**
 * How the spool is.
 *
 * @param pending messages neither delivered nor dead
 * @param bytes bytes of pending messages
 * @param maxBytes the limit of that, from which on sources wait
 * @param deadLetters how many there are
 * @param deadLetterBytes what they take in the store
 * @param maxDeadLetterBytes the limit of that, from which on records that would become more of them wait
 * @param failure what keeps the store from writing, or sources from it for want of room on the disk; null when all is well
 */
public record SpoolStatus(
        long pending,
        long bytes,
        long maxBytes,
        long deadLetters,
        long deadLetterBytes,
        long maxDeadLetterBytes,
        String failure) {

    /** Whether all sources wait for room. */
    public boolean full() {
        return isFull(bytes, maxBytes, deadLetterBytes, maxDeadLetterBytes);
    }

    /**
     * A message that is pending may become a letter whatever the limit of letters is, so they may be above it by as much as may be
     * pending.
     */
    public static boolean isFull(long bytes, long maxBytes, long deadLetterBytes, long maxDeadLetterBytes) {
        return bytes >= maxBytes || deadLetterBytes - maxDeadLetterBytes >= maxBytes;
    }

    /** Whether records that would become dead letters wait for room, and their sources with them. */
    public boolean deadLettersFull() {
        return deadLetterBytes >= maxDeadLetterBytes;
    }

    /** What an operator has to know about the dead letters once they have no room; null while they have. */
    public String deadLetterProblem() {
        if (!deadLettersFull()) {
            return null;
        }
        String who = full() ? "every source waits" : "a record that would become one waits, and its source with it";
        return deadLetters + " dead letters take " + deadLetterBytes + " bytes, and relay.dead-letters.max-bytes is "
                + maxDeadLetterBytes + ": " + who + ". Mend what they are about (GET /api/dead-letters), then raise"
                + " relay.dead-letters.max-bytes and start again";
    }

    /** Why sources wait although dead letters have room; null while none does. */
    public String backlogProblem() {
        return !full() || deadLettersFull()
                ? null
                : pending + " pending messages take " + bytes + " bytes, and relay.spool.max-bytes is " + maxBytes
                        + ": every source waits until some are delivered";
    }
}

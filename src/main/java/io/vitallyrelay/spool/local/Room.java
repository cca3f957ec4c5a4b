package io.vitallyrelay.spool.local;

import io.vitallyrelay.spool.SpoolStatus;

/**
 * How much of the spool is in use, in bytes. Messages and dead letters have a limit each. A message that was taken may become a
 * letter whatever the limit of letters is, because a lane that waited for that would keep back all that is behind it; once they are
 * above their limit by as much as messages may take, every source waits. Without room on the disk there is none for either. Guarded by the lock of
 * {@link Staging}.
 */
final class Room {
    private final long max;
    private final long maxDeadLetters;
    private final Disk disk;
    private long messages;
    private long deadLetters;

    Room(long max, long maxDeadLetters, Disk disk) {
        this.max = max;
        this.maxDeadLetters = maxDeadLetters;
        this.disk = disk;
    }

    void addMessages(long bytes) {
        messages += bytes;
    }

    void addDeadLetters(long bytes) {
        deadLetters += bytes;
    }

    boolean hasForMessages() {
        return !disk.isShort() && !SpoolStatus.isFull(messages, max, deadLetters, maxDeadLetters);
    }

    /** For letters that become messages: they take no more of what letters have. */
    boolean hasForReplayed() {
        return !disk.isShort() && messages < max;
    }

    boolean hasForDeadLetters() {
        return deadLetters < maxDeadLetters;
    }

    Disk disk() {
        return disk;
    }

    SpoolStatus status(Totals totals, String failure) {
        disk.look();
        return new SpoolStatus(
                totals.pending(),
                messages,
                max,
                totals.deadLetters(),
                deadLetters,
                maxDeadLetters,
                failure == null ? disk.problem() : failure);
    }
}

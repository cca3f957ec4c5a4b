package io.vitallyrelay.app;

import io.vitallyrelay.spool.SpoolStatus;
import java.util.function.Consumer;

/**
 * Tells once when the room in the spool gets short: for dead letters from 80 % of their limit on and at the limit, for messages at
 * the limit; and why nothing can be written, or sources wait for the disk. What was told is told again only after there was room in
 * between. Not thread-safe.
 */
final class SpoolWatch {
    private static final int NEARLY_FULL_PERCENT = 80;
    private static final int ROOM_AGAIN_PERCENT = 90;

    private enum Room {
        ENOUGH,
        LITTLE,
        NONE
    }

    private final Consumer<String> warn;
    private final Consumer<String> info;
    private Room letters = Room.ENOUGH;
    private boolean full;
    private boolean failing;

    SpoolWatch(Consumer<String> warn, Consumer<String> info) {
        this.warn = warn;
        this.info = info;
    }

    void look(SpoolStatus status) {
        lookAtDeadLetters(status);
        lookAtMessages(status);
        lookAtDisk(status);
    }

    private void lookAtDeadLetters(SpoolStatus status) {
        Room now = status.deadLettersFull()
                ? Room.NONE
                : isAbove(status.deadLetterBytes(), status.maxDeadLetterBytes(), NEARLY_FULL_PERCENT)
                        ? Room.LITTLE
                        : Room.ENOUGH;
        if (now == Room.NONE && letters != Room.NONE) {
            warn.accept(status.deadLetterProblem());
        } else if (now == Room.LITTLE && letters == Room.ENOUGH) {
            warn.accept(status.deadLetters() + " dead letters take " + status.deadLetterBytes() + " bytes, "
                    + NEARLY_FULL_PERCENT + " % and more of relay.dead-letters.max-bytes ("
                    + status.maxDeadLetterBytes()
                    + "): at the limit, sources wait. Look at what they are about: GET /api/dead-letters");
        } else if (now != Room.NONE && letters == Room.NONE) {
            info.accept("there is room for dead letters again");
        }
        letters = now;
    }

    /** Not for each message: while a source waits at the limit, there is room for a moment again and again. */
    private void lookAtMessages(SpoolStatus status) {
        if (!full && status.backlogProblem() != null) {
            full = true;
            warn.accept(status.backlogProblem());
        } else if (full && !isAbove(status.bytes(), status.maxBytes(), ROOM_AGAIN_PERCENT)) {
            full = false;
            info.accept("there is room in the spool again: sources go on");
        }
    }

    private void lookAtDisk(SpoolStatus status) {
        if (!failing && status.failure() != null) {
            warn.accept(status.failure());
        } else if (failing && status.failure() == null) {
            info.accept("the spool is written again, and sources go on");
        }
        failing = status.failure() != null;
    }

    private static boolean isAbove(long bytes, long max, int percent) {
        return bytes >= max / 100 * percent;
    }
}

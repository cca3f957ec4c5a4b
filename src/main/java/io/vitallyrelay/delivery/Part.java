package io.vitallyrelay.delivery;

import io.vitallyrelay.message.MessageType;
import io.vitallyrelay.spool.MessageState;
import io.vitallyrelay.spool.Pending;
import java.time.Instant;
import java.util.List;

/** Messages that are sent in one request. Not thread-safe. */
final class Part {
    final List<Pending> messages;
    /** How often these messages were sent, alone or with others. */
    int attempts;
    /** Where both together were refused: the part that is sent before this one, else null. If that one is taken, this is bad. */
    final Part before;
    /** The blocked type that this single message is to try, else null. */
    final MessageType scouts;

    /** When they were sent first; null where they were not. */
    Instant firstSent;

    private MessageState state = MessageState.TAKEN;

    private Part(List<Pending> messages, Part before, MessageType scouts) {
        this.messages = messages;
        this.before = before;
        this.scouts = scouts;
    }

    /** Messages that were not sent yet. */
    Part(List<Pending> messages) {
        this(messages, null, null);
    }

    static Part scout(Pending message, MessageType type) {
        return new Part(List.of(message), null, type);
    }

    /** Some of these messages. */
    Part piece(List<Pending> some) {
        return piece(some, null);
    }

    /** Some of these messages, to be sent after the others. */
    Part piece(List<Pending> some, Part others) {
        Part piece = new Part(some, others, null);
        piece.attempts = attempts;
        piece.firstSent = firstSent;
        return piece;
    }

    /** @throws IllegalStateException when that does not follow from the state its messages are in */
    void to(MessageState next) {
        if (!state.may(next)) {
            throw new IllegalStateException("a message that is " + state.word() + " cannot become " + next.word());
        }
        state = next;
    }

    /** Where to cut it into halves of about the same size in bytes, each with at least one message. */
    int middleByBytes() {
        long half = Batch.size(messages) / 2;
        long size = 0;
        for (int i = 0; i < messages.size() - 1; i++) {
            size += messages.get(i).size() + 1;
            if (size >= half) {
                return i + 1;
            }
        }
        return messages.size() - 1;
    }
}

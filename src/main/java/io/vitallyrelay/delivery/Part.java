package io.vitallyrelay.delivery;

import io.vitallyrelay.message.MessageType;
import io.vitallyrelay.spool.MessageState;
import io.vitallyrelay.spool.Pending;
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

    private MessageState state = MessageState.TAKEN;

    Part(List<Pending> messages, int attempts, Part before, MessageType scouts) {
        this.messages = messages;
        this.attempts = attempts;
        this.before = before;
        this.scouts = scouts;
    }

    Part(List<Pending> messages) {
        this(messages, 0, null, null);
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

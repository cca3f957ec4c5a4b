package io.vitallyrelay.delivery;

import io.vitallyrelay.message.MessageType;
import io.vitallyrelay.spool.MessageState;
import io.vitallyrelay.spool.PendingMessage;
import java.util.List;

/** Messages that are sent in one request. Not thread-safe. */
final class Part {
    final List<PendingMessage> messages;
    /** How often these messages were sent, alone or with others. */
    int attempts;
    /** Where both together were refused: the part that is sent before this one, else null. If that one is taken, this is bad. */
    final Part before;
    /** The blocked type that this single message is to try, else null. */
    final MessageType scouts;

    Part(List<PendingMessage> messages, int attempts, Part before, MessageType scouts) {
        this.messages = messages;
        this.attempts = attempts;
        this.before = before;
        this.scouts = scouts;
    }

    Part(List<PendingMessage> messages) {
        this(messages, 0, null, null);
    }

    /** @throws IllegalStateException when that does not follow from the state one of its messages is in */
    void to(MessageState next) {
        messages.forEach(message -> message.to(next));
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

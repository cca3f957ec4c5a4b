package io.vitallyrelay.spool;

import io.vitallyrelay.message.MessageType;
import io.vitallyrelay.message.PostedMessage;

/**
 * Whom a message is about.
 *
 * @param entity as {@link io.vitallyrelay.message.Message#entity}, e.g. {@code user:u1}
 * @param messageId what Vitally tells duplicates by
 */
public record Subject(MessageType type, String entity, String messageId) {

    /** Of a message as it was posted; null where it is none. */
    public static Subject of(byte[] json) {
        return PostedMessage.of(json)
                .map(message -> new Subject(message.type(), message.entity(), message.messageId()))
                .orElse(null);
    }
}

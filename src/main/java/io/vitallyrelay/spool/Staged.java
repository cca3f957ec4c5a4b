package io.vitallyrelay.spool;

import io.vitallyrelay.message.Message;

/**
 * What a record became: a message, or (where {@code message} is null) a dead letter.
 *
 * @param position shortened where it is too long for the store
 */
record Staged(Message message, String position, Refusal refusal, byte[] record) {
    Staged {
        position = StoredText.place(position);
    }
}

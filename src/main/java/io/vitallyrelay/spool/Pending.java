package io.vitallyrelay.spool;

import io.vitallyrelay.message.MessageType;

/**
 * A message that is neither delivered nor dead.
 *
 * @param position tells it from all others of its lane
 * @param integration where it came from
 * @param entityHash the same for all messages of one entity; in rare cases two entities share it
 * @param json the message in UTF-8; nobody changes it
 */
@SuppressWarnings("ArrayRecordComponent") // nobody compares two of them by content
public record Pending(long position, String integration, MessageType type, int entityHash, byte[] json) {

    /** Size of the message in UTF-8 bytes. */
    public int size() {
        return json.length;
    }
}

package io.vitallyrelay.spool;

import io.vitallyrelay.message.MessageType;
import java.util.Arrays;

/**
 * A message that is neither delivered nor dead.
 *
 * @param position tells it from all others of its lane
 * @param integration where it came from
 * @param entityHash the same for all messages of one entity; in rare cases two entities share it
 * @param bytes nobody changes them; from {@code from} on they are the message in UTF-8
 * @param size of the message in bytes
 */
@SuppressWarnings("ArrayRecordComponent") // nobody compares two of them by content
public record Pending(
        long position, String integration, MessageType type, int entityHash, byte[] bytes, int from, int size) {

    /** One with an array of its own. */
    public Pending(long position, String integration, MessageType type, int entityHash, byte[] json) {
        this(position, integration, type, entityHash, json, 0, json.length);
    }

    /** Copies the message to {@code target} from {@code at} on, and returns the place behind it. */
    public int copyTo(byte[] target, int at) {
        System.arraycopy(bytes, from, target, at, size);
        return at + size;
    }

    /** The message in UTF-8: a copy. */
    public byte[] json() {
        return Arrays.copyOfRange(bytes, from, from + size);
    }
}

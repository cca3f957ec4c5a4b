package io.vitallyrelay.spool;

import io.vitallyrelay.message.Message;
import io.vitallyrelay.message.MessageType;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Gathers messages into one block. Blocks, not single messages, are what the store keeps: a commit then writes a few
 * large values instead of hundreds of small ones, and settling a message flips one bit.
 *
 * <p>Layout, numbers big-endian: {@code count:4} and then for each message {@code unit:8 type:1 lane hash:4
 * position length:2 position length:4 message}.
 */
final class BlockWriter {
    /** A block is closed when it has reached this many bytes or messages. */
    static final int BYTES = 128 * 1024;

    static final int MESSAGES = 512;
    static final int HEADER = 4;
    private static final MessageType[] TYPES = MessageType.values();

    private byte[] bytes = new byte[8 * 1024];
    private int length = HEADER;
    private int count;

    /** @param position as {@link Staged} has it: its length is to fit into two bytes */
    void add(long unit, Message message, String position) {
        byte[] place = position.getBytes(StandardCharsets.UTF_8);
        byte[] json = message.json();
        int needed = length + 8 + 1 + 4 + 2 + place.length + 4 + json.length;
        if (needed > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(needed, Math.min(bytes.length * 2, BYTES + 4096)));
        }
        putInt((int) (unit >>> 32));
        putInt((int) unit);
        bytes[length++] = (byte) message.type().ordinal();
        putInt(LaneHash.of(message.entity()));
        bytes[length++] = (byte) (place.length >>> 8);
        bytes[length++] = (byte) place.length;
        System.arraycopy(place, 0, bytes, length, place.length);
        length += place.length;
        putInt(json.length);
        System.arraycopy(json, 0, bytes, length, json.length);
        length += json.length;
        count++;
    }

    boolean full() {
        return length >= BYTES || count >= MESSAGES;
    }

    int count() {
        return count;
    }

    /** The sealed block; what is added from now on is for the next one. */
    byte[] close(long key) {
        int end = length;
        length = 0;
        putInt(count);
        count = 0;
        return Sealed.sealInPlace(key, Arrays.copyOf(bytes, end + Sealed.CHECKSUM));
    }

    static MessageType type(byte ordinal) {
        return TYPES[ordinal];
    }

    private void putInt(int value) {
        bytes[length++] = (byte) (value >>> 24);
        bytes[length++] = (byte) (value >>> 16);
        bytes[length++] = (byte) (value >>> 8);
        bytes[length++] = (byte) value;
    }
}

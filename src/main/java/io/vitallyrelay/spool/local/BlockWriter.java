package io.vitallyrelay.spool.local;

import io.vitallyrelay.message.Message;
import io.vitallyrelay.message.MessageType;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.EnumMap;

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
    /** By the number under which they are stored, which never changes. */
    private static final MessageType[] TYPES = {
        MessageType.ORGANIZATION,
        MessageType.ACCOUNT,
        MessageType.USER,
        MessageType.TRACK,
        MessageType.CUSTOM_OBJECT_INSTANCE,
        MessageType.UNLINK,
        MessageType.OTHER
    };

    private static final EnumMap<MessageType, Byte> NUMBERS = numbers();

    private byte[] bytes = new byte[8 * 1024];
    private int length = HEADER;
    private int count;

    /** @param position shortened to what the store takes: its length is to fit into two bytes */
    void add(long unit, Message message, String position) {
        byte[] place = position.getBytes(StandardCharsets.UTF_8);
        byte[] json = message.json();
        int needed = length + 8 + 1 + 4 + 2 + place.length + 4 + json.length;
        if (needed > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(needed, Math.min(bytes.length * 2, BYTES + 4096)));
        }
        putInt((int) (unit >>> 32));
        putInt((int) unit);
        bytes[length++] = number(message.type());
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

    static MessageType type(byte number) {
        return TYPES[number];
    }

    static byte number(MessageType type) {
        return NUMBERS.get(type);
    }

    private static EnumMap<MessageType, Byte> numbers() {
        EnumMap<MessageType, Byte> numbers = new EnumMap<>(MessageType.class);
        for (byte number = 0; number < TYPES.length; number++) {
            numbers.put(TYPES[number], number);
        }
        return numbers;
    }

    private void putInt(int value) {
        bytes[length++] = (byte) (value >>> 24);
        bytes[length++] = (byte) (value >>> 16);
        bytes[length++] = (byte) (value >>> 8);
        bytes[length++] = (byte) value;
    }
}

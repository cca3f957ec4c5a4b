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
 * position length:2 position length:4 message}. Of one that was a dead letter the type's highest bit is set, and
 * {@code history length:2 history} stands behind the position; formats before 4 had no such messages.
 */
final class BlockWriter {
    /** A block is closed when it has reached this many bytes or messages. */
    static final int BYTES = 128 * 1024;

    static final int MESSAGES = 512;
    static final int HEADER = 4;
    /** In the byte of the type. */
    static final int HAS_HISTORY = 0x80;
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

    /**
     * @param position shortened to what the store takes: its length is to fit into two bytes
     * @param history as {@link StoredHistory}; null where it never was a dead letter
     */
    void add(long unit, Message message, String position, byte[] history) {
        byte[] place = position.getBytes(StandardCharsets.UTF_8);
        byte[] json = message.json();
        int historyBytes = history == null ? 0 : 2 + history.length;
        int needed = length + 8 + 1 + 4 + 2 + place.length + historyBytes + 4 + json.length;
        if (needed > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(needed, Math.min(bytes.length * 2, BYTES + 4096)));
        }
        putInt((int) (unit >>> 32));
        putInt((int) unit);
        bytes[length++] = (byte) (number(message.type()) | (history == null ? 0 : HAS_HISTORY));
        putInt(LaneHash.of(message.entity()));
        putShort(place);
        if (history != null) {
            putShort(history);
        }
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

    private void putShort(byte[] part) {
        bytes[length++] = (byte) (part.length >>> 8);
        bytes[length++] = (byte) part.length;
        System.arraycopy(part, 0, bytes, length, part.length);
        length += part.length;
    }

    private void putInt(int value) {
        bytes[length++] = (byte) (value >>> 24);
        bytes[length++] = (byte) (value >>> 16);
        bytes[length++] = (byte) (value >>> 8);
        bytes[length++] = (byte) value;
    }
}

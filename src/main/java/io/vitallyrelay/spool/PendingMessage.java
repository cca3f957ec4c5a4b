package io.vitallyrelay.spool;

import io.vitallyrelay.message.MessageType;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A message of the spool: a view on its block, nothing is copied. It belongs to the lane that took it until it is settled or
 * given back; all but its state is immutable.
 */
public final class PendingMessage {
    final Block block;
    final int index;
    final long unit;
    final int hash;
    private final byte type;
    private final int placeOffset;
    private final int placeLength;
    private final int offset;
    private final int length;
    private MessageState state = MessageState.PENDING;

    @SuppressWarnings("TooManyParameters")
    PendingMessage(
            Block block,
            int index,
            long unit,
            byte type,
            int hash,
            int placeOffset,
            int placeLength,
            int offset,
            int length) {
        this.block = block;
        this.index = index;
        this.unit = unit;
        this.type = type;
        this.hash = hash;
        this.placeOffset = placeOffset;
        this.placeLength = placeLength;
        this.offset = offset;
        this.length = length;
    }

    /**
     * Goes on to the next state.
     *
     * @throws IllegalStateException when that does not follow from the state it is in
     */
    public void to(MessageState next) {
        requireMay(next);
        state = next;
    }

    void requireMay(MessageState next) {
        if (!state.may(next)) {
            throw new IllegalStateException("message " + index + " of block " + block.seq + " is " + state.word()
                    + " and cannot become " + next.word());
        }
    }

    public MessageType type() {
        return BlockWriter.type(type);
    }

    /** The same for all messages of one entity; in rare cases two entities share it. */
    public int entityHash() {
        return hash;
    }

    /** Size of the message in UTF-8 bytes. */
    public int size() {
        return length;
    }

    /** Copies the message to {@code target} from {@code at} on, and returns the place behind it. */
    public int copyTo(byte[] target, int at) {
        System.arraycopy(block.bytes, offset, target, at, length);
        return at + length;
    }

    /** The message as JSON text in UTF-8: a copy. */
    public byte[] json() {
        return Arrays.copyOfRange(block.bytes, offset, offset + length);
    }

    String position() {
        return new String(block.bytes, placeOffset, placeLength, StandardCharsets.UTF_8);
    }
}

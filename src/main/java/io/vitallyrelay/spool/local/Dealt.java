package io.vitallyrelay.spool.local;

import io.vitallyrelay.spool.Earlier;
import io.vitallyrelay.spool.Pending;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/** A pending message that is dealt to its lane: a view on its block, nothing is copied. Immutable. */
final class Dealt {
    /** The length of a history that there is none of. */
    static final int NO_HISTORY = -1;

    private static final int INDEX_BITS = 16;

    final Block block;
    final int index;
    final long unit;
    final int hash;
    private final byte type;
    private final int placeOffset;
    private final int placeLength;
    private final int historyLength;
    private final int offset;
    private final int length;

    @SuppressWarnings("TooManyParameters")
    Dealt(
            Block block,
            int index,
            long unit,
            byte type,
            int hash,
            int placeOffset,
            int placeLength,
            int historyLength,
            int offset,
            int length) {
        this.block = block;
        this.index = index;
        this.unit = unit;
        this.type = type;
        this.hash = hash;
        this.placeOffset = placeOffset;
        this.placeLength = placeLength;
        this.historyLength = historyLength;
        this.offset = offset;
        this.length = length;
    }

    /** Tells it from all others of the spool. */
    long key() {
        return block.seq << INDEX_BITS | index;
    }

    /** Size of the message in UTF-8 bytes. */
    int size() {
        return length;
    }

    Pending pending(String integration) {
        return new Pending(key(), integration, BlockWriter.type(type), hash, block.bytes, offset, length);
    }

    /** The message as JSON text in UTF-8: a copy. */
    byte[] json() {
        return Arrays.copyOfRange(block.bytes, offset, offset + length);
    }

    /** What it was a dead letter for, where it was one. */
    List<Earlier> history() {
        if (historyLength == NO_HISTORY) {
            return List.of();
        }
        int from = placeOffset + placeLength + 2;
        return StoredHistory.decode(Arrays.copyOfRange(block.bytes, from, from + historyLength));
    }

    String position() {
        return new String(block.bytes, placeOffset, placeLength, StandardCharsets.UTF_8);
    }
}

package io.vitallyrelay.spool.local;

import java.nio.ByteBuffer;

/**
 * What the whole store holds, written with each commit. At a start it is compared with what is found: a store whose maps came
 * out empty, because the place where their roots are named is damaged, would otherwise look like a new one.
 *
 * @param read sum of {@code read} of all units
 */
record Totals(long read, long pending, long deadLetters) {
    byte[] encode() {
        return ByteBuffer.allocate(3 * Long.BYTES)
                .putLong(read)
                .putLong(pending)
                .putLong(deadLetters)
                .array();
    }

    static Totals decode(ByteBuffer bytes) {
        return new Totals(bytes.getLong(), bytes.getLong(), bytes.getLong());
    }
}

package io.vitallyrelay.source.text;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Searches of byte arrays that look at eight bytes at a time. */
public final class ByteSearch {
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long ONES = 0x0101010101010101L;
    private static final long HIGH_BITS = 0x8080808080808080L;

    private ByteSearch() {}

    /** The first index of the value in {@code [from, to)}, or -1. */
    public static int indexOf(byte[] bytes, int from, int to, byte value) {
        long pattern = (value & 0xFF) * ONES;
        int i = from;
        for (; i <= to - Long.BYTES; i += Long.BYTES) {
            long x = (long) LONG.get(bytes, i) ^ pattern;
            // a byte that is zero borrows into its own high bit; the lowest such bit is always right
            long hit = (x - ONES) & ~x & HIGH_BITS;
            if (hit != 0) {
                return i + (Long.numberOfTrailingZeros(hit) >>> 3);
            }
        }
        for (; i < to; i++) {
            if (bytes[i] == value) {
                return i;
            }
        }
        return -1;
    }

    /** How often the value stands in {@code [from, to)}. */
    public static int count(byte[] bytes, int from, int to, byte value) {
        int n = 0;
        for (int i = from; i < to; i++) {
            if (bytes[i] == value) {
                n++;
            }
        }
        return n;
    }

    /** The first index in {@code [from, to)} that is not ASCII, or {@code to}. */
    static int endOfAscii(byte[] bytes, int from, int to) {
        int i = from;
        while (i <= to - Long.BYTES && ((long) LONG.get(bytes, i) & HIGH_BITS) == 0) {
            i += Long.BYTES;
        }
        while (i < to && bytes[i] >= 0) {
            i++;
        }
        return i;
    }
}

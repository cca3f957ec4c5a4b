package io.vitallyrelay.sandbox;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * Counts distinct ids by a 128-bit hash of each: 24 to 48 bytes of memory an id, whatever its length (a million take
 * about 34 MB). Not safe for several threads.
 */
final class DistinctIds {
    private final MessageDigest hash;
    /** Two longs a slot, open addressing; both 0 is an empty slot. */
    private long[] slots = new long[2 * 1024];

    private int size;

    DistinctIds() {
        try {
            hash = MessageDigest.getInstance("MD5");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has MD5", e);
        }
    }

    void add(String id) {
        ByteBuffer digest = ByteBuffer.wrap(hash.digest(id.getBytes(StandardCharsets.UTF_8)));
        if (insert(slots, digest.getLong(), digest.getLong())) {
            size++;
            if (size > slots.length / 3) { // two thirds full
                grow();
            }
        }
    }

    int size() {
        return size;
    }

    private static boolean insert(long[] slots, long high, long low) {
        int mask = slots.length - 1;
        int at = (int) (low << 1) & mask;
        while (slots[at] != 0 || slots[at + 1] != 0) {
            if (slots[at] == high && slots[at + 1] == low) {
                return false;
            }
            at = (at + 2) & mask;
        }
        slots[at] = high;
        slots[at + 1] = low;
        return true;
    }

    private void grow() {
        long[] larger = new long[2 * slots.length];
        for (int i = 0; i < slots.length; i += 2) {
            if (slots[i] != 0 || slots[i + 1] != 0) {
                insert(larger, slots[i], slots[i + 1]);
            }
        }
        slots = larger;
    }
}

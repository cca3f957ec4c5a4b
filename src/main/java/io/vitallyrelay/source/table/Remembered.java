package io.vitallyrelay.source.table;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * Fingerprints of rows that were taken and may be read again: at most {@value #MOST}, so that they have room in a resume
 * point beside the watermark: the spool takes 64 KB. Not thread-safe; {@link #encode} is a copy.
 */
final class Remembered {
    static final int MOST = 3_000;

    private static final int BYTES = Long.BYTES + Integer.BYTES;

    /** In the year 2106, the latest that has room. */
    static final Instant NEVER = Instant.ofEpochSecond(0xFFFF_FFFFL);

    private final Map<Long, Instant> rows = new HashMap<>();
    /** Of the rows as they are; null when it is to be made anew. */
    private String encoded;

    /** @throws IllegalArgumentException when the text was not made by {@link #encode} */
    static Remembered decode(String text) {
        Remembered remembered = new Remembered();
        ByteBuffer bytes = ByteBuffer.wrap(Base64.getDecoder().decode(text));
        while (bytes.remaining() >= BYTES) {
            long fingerprint = bytes.getLong();
            remembered.add(fingerprint, Instant.ofEpochSecond(Integer.toUnsignedLong(bytes.getInt())));
        }
        return remembered;
    }

    String encode() {
        if (encoded == null) {
            ByteBuffer bytes = ByteBuffer.allocate(rows.size() * BYTES);
            rows.forEach((fingerprint, at) -> {
                bytes.putLong(fingerprint);
                bytes.putInt((int) at.getEpochSecond());
            });
            encoded = Base64.getEncoder().withoutPadding().encodeToString(bytes.array());
        }
        return encoded;
    }

    /** @param at when it may be forgotten; kept in seconds, rounded up */
    void add(long fingerprint, Instant at) {
        long seconds = at.getEpochSecond() + (at.getNano() > 0 ? 1 : 0);
        rows.put(fingerprint, Instant.ofEpochSecond(Math.max(0, Math.min(seconds, NEVER.getEpochSecond()))));
        encoded = null;
    }

    boolean contains(long fingerprint) {
        return rows.containsKey(fingerprint);
    }

    boolean isEmpty() {
        return rows.isEmpty();
    }

    boolean isFull() {
        return rows.size() >= MOST;
    }

    /** Of how many it holds that they may never be forgotten. */
    int forever() {
        return (int) rows.values().stream().filter(NEVER::equals).count();
    }

    /** Forgets those up to this moment, but for these. */
    void forget(Instant upTo, Set<Long> butFor) {
        if (rows.entrySet().removeIf(row -> !row.getValue().isAfter(upTo) && !butFor.contains(row.getKey()))) {
            encoded = null;
        }
    }

    void remove(Set<Long> fingerprints) {
        if (!fingerprints.isEmpty() && rows.keySet().removeAll(fingerprints)) {
            encoded = null;
        }
    }

    /** Forgets all others. */
    void retain(Set<Long> fingerprints) {
        if (rows.keySet().retainAll(fingerprints)) {
            encoded = null;
        }
    }
}

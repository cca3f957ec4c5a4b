package io.vitallyrelay.message;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.UUID;

/**
 * Draws the {@code messageId} of a message that has none: a UUID of version 5 (RFC 9562, name-based, SHA-1), so that the
 * same record read twice, by whichever instance, gives the same id, and equal rows at two places give two.
 */
final class MessageIds {
    /** Drawn once for this project. A change would make every record that is read again look new to Vitally. */
    static final UUID NAMESPACE = UUID.fromString("c2c07168-30ba-402a-9ed6-cde9c83543b6");

    private static final byte[] NAMESPACE_BYTES = ByteBuffer.allocate(16)
            .putLong(NAMESPACE.getMostSignificantBits())
            .putLong(NAMESPACE.getLeastSignificantBits())
            .array();

    private static final ThreadLocal<MessageDigest> SHA_1 = ThreadLocal.withInitial(MessageIds::sha1);

    private MessageIds() {}

    /**
     * @param timestamp the record's own in canonical form, or empty: one that the clock gave must not change the id
     * @param content the fields behind the timestamp as they are posted
     */
    static String nameBased(Stamp stamp, String type, String timestamp, byte[] content, int contentLength) {
        MessageDigest sha1 = SHA_1.get();
        sha1.update(NAMESPACE_BYTES);
        update(sha1, stamp.origin().integration());
        update(sha1, stamp.origin().unit());
        update(sha1, stamp.origin().position());
        update(sha1, Integer.toString(stamp.index()));
        update(sha1, type);
        update(sha1, timestamp);
        update(sha1, content, contentLength);
        ByteBuffer digest = ByteBuffer.wrap(sha1.digest());
        long high = (digest.getLong() & ~0xF000L) | 0x5000L;
        long low = (digest.getLong() & ~(0xC0L << 56)) | (0x80L << 56);
        return new UUID(high, low).toString();
    }

    private static void update(MessageDigest sha1, String part) {
        byte[] bytes = part.getBytes(UTF_8);
        update(sha1, bytes, bytes.length);
    }

    /** The length in front keeps {@code ab, c} and {@code a, bc} apart. */
    private static void update(MessageDigest sha1, byte[] part, int length) {
        sha1.update((byte) (length >>> 24));
        sha1.update((byte) (length >>> 16));
        sha1.update((byte) (length >>> 8));
        sha1.update((byte) length);
        sha1.update(part, 0, length);
    }

    private static MessageDigest sha1() {
        try {
            return MessageDigest.getInstance("SHA-1");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java runtime has SHA-1", e);
        }
    }
}

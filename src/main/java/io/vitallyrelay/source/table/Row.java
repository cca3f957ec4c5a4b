package io.vitallyrelay.source.table;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.List;

/**
 * A row as it was read.
 *
 * @param position its key, or its place in the order of the watermark, for people
 * @param body its columns; of a row that could not be read as a whole, those that could
 * @param problem why it cannot be read, or null
 * @param size characters of its values
 * @param watermark its values of the columns of the watermark; empty where rows are marked
 * @param at the point in time that begins its watermark, or null
 * @param marks the values that its mark is bound to; empty without one
 */
record Row(
        String position,
        ObjectNode body,
        String problem,
        int size,
        List<Object> watermark,
        Instant at,
        List<Object> marks) {

    byte[] raw() {
        return body.toString().getBytes(StandardCharsets.UTF_8);
    }

    /** The same for the same place and content, and for no others. */
    long fingerprint() {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(position.getBytes(StandardCharsets.UTF_8));
            digest.update((byte) 0);
            return ByteBuffer.wrap(digest.digest(raw())).getLong();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java runtime has SHA-256", e);
        }
    }
}

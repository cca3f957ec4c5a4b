package io.vitallyrelay.spool.local;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** The number of a text by which a letter is found. It is stored, so it must never change. */
final class LetterTerm {
    private LetterTerm() {}

    static long entity(String entity) {
        return hash("entity " + entity);
    }

    static long messageId(String messageId) {
        return hash("messageId " + messageId);
    }

    static long unit(String unit) {
        return hash("unit " + unit);
    }

    private static long hash(String term) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(term.getBytes(StandardCharsets.UTF_8));
            return ByteBuffer.wrap(digest).getLong();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java runtime has SHA-256", e);
        }
    }
}

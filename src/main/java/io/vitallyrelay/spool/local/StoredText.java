package io.vitallyrelay.spool.local;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Texts on their way into the store. Keys of tables and ids of messages are as long as somebody made them; a text that is too
 * long is cut, and its hash keeps it apart from others that begin alike. The same text becomes the same whenever it comes.
 */
final class StoredText {
    /** UTF-8 bytes of a name or a place, at most: far below what the two bytes of its length can say. */
    static final int PLACE_BYTES = 1000;

    /** UTF-8 bytes of a reason, at most. */
    static final int REASON_BYTES = 4000;

    /** UTF-8 bytes of an answer, at most: above the 2,048 characters that are kept of one. */
    static final int ANSWER_BYTES = 10_000;

    private static final int MOST_BYTES_A_CHARACTER = 3;
    private static final int HASH_BYTES = 16;

    private StoredText() {}

    static String place(String text) {
        return shortened(text, PLACE_BYTES);
    }

    /** The text, or where it has more UTF-8 bytes than {@code most}, its beginning and what tells it from others. */
    static String shortened(String text, int most) {
        if (text.length() <= most / MOST_BYTES_A_CHARACTER) {
            return text;
        }
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        if (bytes.length <= most) {
            return text;
        }
        String end = "... (cut, " + bytes.length + " bytes with SHA-256 " + hash(bytes) + ")";
        int cut = most - end.length();
        // not inside a character
        while ((bytes[cut] & 0xc0) == 0x80) {
            cut--;
        }
        return new String(bytes, 0, cut, StandardCharsets.UTF_8) + end;
    }

    /** Unlike {@link DataOutputStream#writeUTF}, has no limit of 64 KB. */
    static void write(DataOutputStream out, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    static String read(DataInputStream in) throws IOException {
        byte[] bytes = new byte[in.readInt()];
        in.readFully(bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private static String hash(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes), 0, HASH_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java runtime has SHA-256", e);
        }
    }
}

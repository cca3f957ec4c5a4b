package io.vitallyrelay.source;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** SHA-256, by which sources tell apart what is too long to be kept. */
public final class Sha256 {
    private Sha256() {}

    public static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java runtime has SHA-256", e);
        }
    }

    /** The first half of it, in 32 hexadecimal letters. */
    public static String half(byte[] bytes) {
        return HexFormat.of().formatHex(digest().digest(bytes), 0, 16);
    }
}

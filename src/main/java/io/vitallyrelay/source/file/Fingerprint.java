package io.vitallyrelay.source.file;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** The identity of a file when it is first opened, so that two files of one name are two units. */
public final class Fingerprint {
    private static final int HEAD = 64 * 1024;
    private static final int LETTERS = 12;

    private Fingerprint() {}

    /** 12 hexadecimal letters made from the modification time in milliseconds, the size and the first 64 KiB. */
    public static String of(Path file, BasicFileAttributes attributes) throws IOException {
        MessageDigest digest = sha256();
        digest.update(ByteBuffer.allocate(2 * Long.BYTES)
                .putLong(attributes.lastModifiedTime().toMillis())
                .putLong(attributes.size())
                .array());
        try (InputStream in = Files.newInputStream(file)) {
            digest.update(in.readNBytes(HEAD));
        }
        return HexFormat.of().formatHex(digest.digest()).substring(0, LETTERS);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has SHA-256", e);
        }
    }
}

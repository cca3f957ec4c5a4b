package io.vitallyrelay.source.file;

import io.vitallyrelay.source.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A file as it was when it was opened. Its unit is {@code name#fingerprint}, so that two files of one name are two units.
 *
 * @param attributes before any of it was read
 */
record OpenedFile(Path path, BasicFileAttributes attributes) {
    private static final int HEAD = 64 * 1024;
    private static final int LETTERS = 12;
    private static final Pattern UNIT = Pattern.compile("(.+)#[0-9a-f]{" + LETTERS + "}");

    static OpenedFile at(Path path) throws IOException {
        return new OpenedFile(path, read(path));
    }

    private static BasicFileAttributes read(Path path) throws IOException {
        return Files.readAttributes(path, BasicFileAttributes.class);
    }

    String name() {
        return FileName.of(path);
    }

    String unit() throws IOException {
        return name() + "#" + fingerprint();
    }

    /** 12 hexadecimal letters made from the modification time in milliseconds, the size and the first 64 KiB. */
    String fingerprint() throws IOException {
        MessageDigest digest = Sha256.digest();
        digest.update(ByteBuffer.allocate(2 * Long.BYTES)
                .putLong(attributes.lastModifiedTime().toMillis())
                .putLong(attributes.size())
                .array());
        try (InputStream in = Files.newInputStream(path)) {
            digest.update(in.readNBytes(HEAD));
        }
        return HexFormat.of().formatHex(digest.digest()).substring(0, LETTERS);
    }

    /** Whether somebody wrote to it, or put another file in its place, since it was opened. */
    boolean hasChanged() throws IOException {
        BasicFileAttributes now = read(path);
        return now.size() != attributes.size()
                || !now.lastModifiedTime().equals(attributes.lastModifiedTime())
                || !Objects.equals(now.fileKey(), attributes.fileKey());
    }

    /** Whether a unit is of a file with this name. */
    boolean mayBe(String unit) {
        Matcher file = UNIT.matcher(unit);
        return file.matches() && file.group(1).equals(name());
    }

    /** Whether a unit is of a file beside this one that is there no more. */
    boolean isGone(String unit) {
        Matcher file = UNIT.matcher(unit);
        return file.matches() && !FileName.exists(path, file.group(1));
    }
}

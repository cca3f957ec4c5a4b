package io.vitallyrelay.source.file;

import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HexFormat;

/**
 * Names of files as text, and back. Java reads the bytes of a name by the locale, and under {@code LC_ALL=C} an umlaut is no
 * character: the file can be opened all the same, but its name as a {@code String} leads nowhere. Here it is UTF-8, or ISO
 * 8859-1 where it is not that.
 */
public final class FileName {
    private static final char UNKNOWN = '\uFFFD';
    /** Bytes of a name on usual file systems. */
    private static final int LONGEST = 255;

    private FileName() {}

    /** The last part of the path. */
    public static String of(Path path) {
        String name = path.getFileName().toString();
        return name.indexOf(UNKNOWN) < 0 ? name : decode(bytes(path));
    }

    /** Whether there is a file of that name beside this one. */
    static boolean exists(Path file, String name) {
        try {
            if (Files.exists(file.resolveSibling(name))) {
                return true;
            }
        } catch (InvalidPathException e) {
            // no characters of this locale: only its bytes can be asked for
        }
        return !StandardCharsets.US_ASCII.newEncoder().canEncode(name)
                && (Files.exists(sibling(file, name.getBytes(StandardCharsets.UTF_8)))
                        || Files.exists(sibling(file, name.getBytes(StandardCharsets.ISO_8859_1))));
    }

    /** The same name with a text, of ASCII, before its first dot that is not the first character; cut where it is too long. */
    static Path withSuffix(Path file, String suffix) {
        byte[] name = bytes(file);
        int at = 1;
        while (at < name.length && name[at] != '.') {
            at++;
        }
        int tooMany = Math.max(0, name.length + suffix.length() - LONGEST);
        ByteArrayOutputStream with = new ByteArrayOutputStream();
        with.write(name, 0, Math.max(1, at - tooMany));
        with.writeBytes(suffix.getBytes(StandardCharsets.US_ASCII));
        with.write(name, at, name.length - at);
        return sibling(file, with.toByteArray()).getFileName();
    }

    private static String decode(byte[] name) {
        try {
            return decode(name, StandardCharsets.UTF_8);
        } catch (CharacterCodingException e) {
            return new String(name, StandardCharsets.ISO_8859_1);
        }
    }

    private static String decode(byte[] name, Charset charset) throws CharacterCodingException {
        return charset.newDecoder().decode(ByteBuffer.wrap(name)).toString();
    }

    /** As they are on the disk: an URI has them, whatever the locale. */
    private static byte[] bytes(Path path) {
        String whole = path.toUri().getRawPath();
        String name = whole.endsWith("/") ? whole.substring(0, whole.length() - 1) : whole;
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (int i = name.lastIndexOf('/') + 1; i < name.length(); i++) {
            if (name.charAt(i) == '%') {
                bytes.write(HexFormat.fromHexDigits(name, i + 1, i + 3));
                i += 2;
            } else {
                bytes.write(name.charAt(i));
            }
        }
        return bytes.toByteArray();
    }

    private static Path sibling(Path file, byte[] name) {
        String folder = file.toAbsolutePath().getParent().toUri().toString();
        StringBuilder uri = new StringBuilder(folder.endsWith("/") ? folder : folder + "/");
        for (byte b : name) {
            uri.append('%').append(HexFormat.of().toHexDigits(b));
        }
        return Path.of(URI.create(uri.toString()));
    }
}

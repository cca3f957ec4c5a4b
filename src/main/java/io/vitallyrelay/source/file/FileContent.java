package io.vitallyrelay.source.file;

import io.vitallyrelay.source.text.ElementCut;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;

/** Recognises by its first bytes what a file is, where that is not the text that it should be. */
final class FileContent {
    /** How many of its first bytes are looked at. */
    static final int LOOKED_AT = 1024;

    private static final byte[] UTF8_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};
    private static final byte[] LITTLE_MARK = {(byte) 0xFF, (byte) 0xFE};
    private static final byte[] BIG_MARK = {(byte) 0xFE, (byte) 0xFF};

    /** Kinds of files that hold no text, by how they begin. */
    private enum Kind {
        OLD_WORKBOOK("D0CF11E0A1B11AE1", "an old workbook or document of an office program: save it as text"),
        PDF("25504446", "a PDF"),
        ZSTD("28B52FFD", "zstd data: pack it with gzip, or not at all"),
        XZ("FD377A585A00", "xz data: pack it with gzip, or not at all"),
        SEVEN_ZIP("377ABCAF271C", "a 7z archive: put the files in it here"),
        RAR("526172211A07", "a rar archive: put the files in it here"),
        PARQUET("50415231", "a Parquet file"),
        AVRO("4F626A01", "an Avro file"),
        SQLITE("53514C69746520666F726D6174203300", "an SQLite database");

        private final byte[] begin;
        private final String words;

        Kind(String begin, String words) {
            this.begin = HexFormat.of().parseHex(begin);
            this.words = words;
        }
    }

    private FileContent() {}

    /**
     * @param head the first bytes, unzipped where the name says so
     * @param zipped whether they were
     * @throws UnreadableFileException when they are no text, saying what they are
     */
    static void requireText(byte[] head, boolean zipped) throws UnreadableFileException {
        Optional<String> other = other(head, zipped);
        if (other.isPresent()) {
            throw new UnreadableFileException(1, "the file is no text but " + other.get());
        }
    }

    private static Optional<String> other(byte[] head, boolean zipped) {
        if (begins(head, new byte[] {0x1F, (byte) 0x8B})) {
            return Optional.of(
                    zipped
                            ? "gzip data within gzip data: unzip it once"
                            : "gzip data in a file not named .gz: add .gz to its name");
        }
        if (begins(head, new byte[] {'P', 'K', 3, 4}) || begins(head, new byte[] {'P', 'K', 5, 6})) {
            return Optional.of(
                    isWorkbook(head)
                            ? "a workbook (xlsx, which is a zip file): save it as CSV"
                            : "a zip file, perhaps a workbook (xlsx): put the files in it here, or save it as CSV");
        }
        if (begins(head, new byte[] {'B', 'Z', 'h'}) && head.length > 4 && head[4] == '1') {
            return Optional.of("bzip2 data: pack it with gzip, or not at all");
        }
        for (Kind kind : Kind.values()) {
            if (begins(head, kind.begin)) {
                return Optional.of(kind.words);
            }
        }
        return markup(head);
    }

    /** What a server answers where a file should have been. */
    private static Optional<String> markup(byte[] head) {
        int from = ElementCut.skipSpace(head, begins(head, UTF8_MARK) ? UTF8_MARK.length : 0, head.length);
        String text = new String(head, from, Math.min(16, head.length - from), StandardCharsets.ISO_8859_1)
                .toLowerCase(Locale.ROOT);
        if (text.startsWith("<!doctype html") || text.startsWith("<html")) {
            return Optional.of("a page of HTML");
        }
        return text.startsWith("<?xml") ? Optional.of("XML") : Optional.empty();
    }

    private static boolean isWorkbook(byte[] head) {
        String text = new String(head, StandardCharsets.ISO_8859_1);
        return text.contains("[Content_Types].xml") || text.contains("xl/");
    }

    /**
     * The charset that a text is in: the one set, or what its byte order mark says where that can be read all the same.
     *
     * @throws UnreadableFileException when the text is plainly in another one, with its name
     */
    static Charset charset(byte[] head, Charset set) throws UnreadableFileException {
        boolean wide = set.name().startsWith("UTF-16");
        if (begins(head, UTF8_MARK)) {
            return StandardCharsets.UTF_8;
        }
        boolean little = begins(head, LITTLE_MARK);
        if (little || begins(head, BIG_MARK)) {
            boolean four = little && head.length > 3 && head[2] == 0 && head[3] == 0;
            if (!wide || four) {
                throw new UnreadableFileException(
                        1,
                        "the file is " + (four ? "UTF-32" : "UTF-16") + ", as its byte order mark says, and not "
                                + set.name() + ": set charset");
            }
            boolean other = set.equals(little ? StandardCharsets.UTF_16BE : StandardCharsets.UTF_16LE);
            return other ? StandardCharsets.UTF_16 : set;
        }
        return set.name().startsWith("UTF-32") ? set : unmarked(head, set, wide);
    }

    private static Charset unmarked(byte[] head, Charset set, boolean wide) throws UnreadableFileException {
        Charset found = wideCharset(head);
        if (!wide && found != null) {
            throw new UnreadableFileException(
                    1, "the file is " + found.name() + ", and not " + set.name() + ": set charset");
        }
        if (wide && isAscii(head)) {
            throw new UnreadableFileException(
                    1, "the file is not " + set.name() + ", but looks like UTF-8: set charset");
        }
        // without a mark UTF-16 is big-endian by the standard; what is plainly little-endian is read as that
        return wide && found != null && !set.equals(StandardCharsets.UTF_16BE) && !set.equals(StandardCharsets.UTF_16LE)
                ? found
                : set;
    }

    /** UTF-16 of the order in which the zero bytes of its ASCII characters stand; null where they do not stand so. */
    private static Charset wideCharset(byte[] head) {
        int[] zeros = new int[2];
        for (int i = 0; i < head.length; i++) {
            if (head[i] == 0) {
                zeros[i & 1]++;
            }
        }
        int most = Math.max(zeros[0], zeros[1]);
        // as text without mark has delimiters and line ends at least; a stray NUL is none of them
        boolean wide = most >= 2 && Math.min(zeros[0], zeros[1]) == 0 && most * 8 >= head.length;
        return wide ? zeros[0] == 0 ? StandardCharsets.UTF_16LE : StandardCharsets.UTF_16BE : null;
    }

    private static boolean isAscii(byte[] head) {
        for (byte b : head) {
            if (b < '\t') {
                return false;
            }
        }
        return head.length > 1;
    }

    private static boolean begins(byte[] head, byte[] with) {
        return head.length >= with.length && Arrays.mismatch(head, 0, with.length, with, 0, with.length) < 0;
    }
}

package io.vitallyrelay.source.file;

import io.vitallyrelay.spool.ResumePoint;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a reader stands: everything before it has been taken. Immutable, and storable as text.
 *
 * @param offset bytes before it, of the decoded (unzipped, transcoded to UTF-8) stream
 * @param line line ends before it
 * @param records records before it, the bad ones included; an array whose elements are records counts as one
 * @param element how many elements are before it of an array in which it stands; 0 where it stands in none
 * @param crc CRC32C of the bytes before it, by which a replaced file is told from one that only grew
 */
public record Checkpoint(long offset, long line, long records, long element, int crc) implements ResumePoint {
    public static final Checkpoint START = new Checkpoint(0, 0, 0, 0, 0);

    private static final Pattern TEXT =
            Pattern.compile("(\\d{1,18}):(\\d{1,18}):(\\d{1,18}):([0-9a-f]{8})(?::(\\d{1,18}))?");

    public Checkpoint {
        if (offset < 0 || line < 0 || records < 0 || element < 0) {
            throw new IllegalArgumentException("a checkpoint counts from 0");
        }
    }

    /** Whether something was taken before it. */
    boolean isBehindRecords() {
        return records > 0 || element > 0;
    }

    /** {@code offset:line:records:crc}, the last in hexadecimal, and {@code :element} within an array. */
    @Override
    public String encode() {
        // joined, not formatted: made for each commit, and formatting costs more than writing it
        return offset + ":" + line + ":" + records + ":" + HexFormat.of().toHexDigits(crc)
                + (element == 0 ? "" : ":" + element);
    }

    /** @throws IllegalArgumentException when the text was not made by {@link #encode()} */
    public static Checkpoint decode(String text) {
        Matcher m = TEXT.matcher(text);
        if (!m.matches()) {
            throw new IllegalArgumentException("not a checkpoint: " + text);
        }
        return new Checkpoint(
                Long.parseLong(m.group(1)),
                Long.parseLong(m.group(2)),
                Long.parseLong(m.group(3)),
                m.group(5) == null ? 0 : Long.parseLong(m.group(5)),
                Integer.parseUnsignedInt(m.group(4), 16));
    }
}

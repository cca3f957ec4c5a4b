package io.vitallyrelay.source.text;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** The checks that the text of a record must pass in every format. */
public final class RecordText {
    /** So many bytes of a record that cannot be used are kept. */
    public static final int HEAD_BYTES = 64 * 1024;

    private final String charset;
    private final String place;

    /** @param place what a position in a record is called: column, or character where a record may have several lines */
    public RecordText(Charset charset, String place) {
        this.charset = (charset.equals(StandardCharsets.US_ASCII) ? StandardCharsets.UTF_8 : charset).name();
        this.place = place;
    }

    /** What is wrong with the text, or null. */
    public String problem(byte[] b, int from, int to) {
        int invalid = Utf8.firstInvalid(b, from, to);
        if (invalid >= 0) {
            return "not valid " + charset + at(b, from, invalid);
        }
        int nul = ByteSearch.indexOf(b, from, to, (byte) 0);
        return nul < 0 ? null : "contains a NUL" + at(b, from, nul);
    }

    /** Says where in a record a byte stands. */
    String at(byte[] b, int from, int index) {
        return " at " + place + " " + (Utf8.characters(b, from, index) + 1);
    }

    /** As much of the bytes as is kept of a record that cannot be used. */
    public static byte[] head(byte[] b, int from, int to) {
        return Arrays.copyOfRange(b, from, Math.min(to, from + HEAD_BYTES));
    }
}

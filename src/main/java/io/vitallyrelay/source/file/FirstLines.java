package io.vitallyrelay.source.file;

import io.vitallyrelay.source.text.ElementCut;
import io.vitallyrelay.source.text.JsonText;
import java.io.IOException;

/**
 * What the first two lines of a JSON file look like, those of nothing but white space left out. Lines that are long are not
 * looked at: nobody prints such.
 *
 * @param first the first byte, -1 where there is none
 * @param whole whether the first line is an object or array by itself
 * @param cutOff whether it is the beginning of one, and ends between two of its tokens
 * @param bracket whether it is nothing but a bracket
 * @param second what stands on the second line
 */
record FirstLines(int first, boolean whole, boolean cutOff, boolean bracket, Second second) {
    private static final int LONGEST_LINE = 16 * 1024;

    enum Second {
        NONE,
        /** An object or array by itself. */
        WHOLE,
        OTHER
    }

    /** @param from index in the buffer; nothing is taken out of it */
    static FirstLines of(FileBuffer buffer, int from, JsonText json) throws IOException {
        int begin = behindSpace(buffer, from);
        int end = begin < 0 ? -1 : lineEnd(buffer, begin);
        if (end < 0) {
            return new FirstLines(begin < 0 ? -1 : buffer.at(begin), false, false, false, Second.NONE);
        }
        int next = behindSpace(buffer, end);
        int nextEnd = next < 0 ? -1 : lineEnd(buffer, next);
        byte[] b = buffer.bytes(); // reads ahead no more
        int p = buffer.position();
        return new FirstLines(
                b[p + begin] & 0xFF,
                isWhole(json, b, p + begin, p + end),
                isOpening(b[p + begin]) && json.isCutOff(b, p + begin, p + end),
                isOpening(b[p + begin]) && ElementCut.skipSpace(b, p + begin + 1, p + end) == p + end,
                nextEnd < 0 ? Second.NONE : isWhole(json, b, p + next, p + nextEnd) ? Second.WHOLE : Second.OTHER);
    }

    /** Whether the first value runs on over several lines. A first line that is merely broken has whole ones behind it. */
    boolean areOneValue() {
        return cutOff && second != Second.NONE && (bracket || second != Second.WHOLE);
    }

    private static boolean isWhole(JsonText json, byte[] b, int from, int to) {
        return isOpening(b[from]) && json.isValue(b, from, to);
    }

    private static boolean isOpening(byte b) {
        return b == '{' || b == '[';
    }

    /** The first index that is not white space; -1 where there is none near. */
    private static int behindSpace(FileBuffer buffer, int from) throws IOException {
        for (int i = from; i < from + LONGEST_LINE; i++) {
            int b = at(buffer, i);
            if (b < 0) {
                return -1;
            }
            if (b != ' ' && b != '\t' && b != '\r' && b != '\n') {
                return i;
            }
        }
        return -1;
    }

    /** Where the line ends, or the file; -1 where it is too long. */
    private static int lineEnd(FileBuffer buffer, int from) throws IOException {
        for (int i = from; i < from + LONGEST_LINE; i++) {
            int b = at(buffer, i);
            if (b < 0 || b == '\n' || b == '\r') {
                return i;
            }
        }
        return -1;
    }

    /** What cannot be read is no line; it is told when the reader comes there. */
    private static int at(FileBuffer buffer, int index) throws IOException {
        try {
            return buffer.at(index);
        } catch (UnreadableFileException e) {
            return -1;
        }
    }
}

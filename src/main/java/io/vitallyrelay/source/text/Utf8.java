package io.vitallyrelay.source.text;

/** The strict reading of UTF-8 (RFC 3629): no overlong forms, no surrogates, nothing above U+10FFFF. */
final class Utf8 {
    private Utf8() {}

    /** The index of the first byte in {@code [from, to)} that is not valid UTF-8, or -1. */
    static int firstInvalid(byte[] b, int from, int to) {
        int i = from;
        while (i < to) {
            if (b[i] >= 0) {
                i = ByteSearch.endOfAscii(b, i, to);
                continue;
            }
            int length = sequenceLength(b, i, to);
            if (length == 0) {
                return i;
            }
            i += length;
        }
        return -1;
    }

    /** Characters (code points) in {@code [from, to)}, where each invalid byte is one. */
    static int characters(byte[] b, int from, int to) {
        int n = 0;
        for (int i = from; i < to; i++) {
            if (!continues(b[i])) {
                n++;
            }
        }
        return n;
    }

    /** Bytes of the sequence that begins at i with a byte above 0x7F; 0 when it is not valid. */
    private static int sequenceLength(byte[] b, int i, int to) {
        int first = b[i] & 0xFF;
        if (first < 0xC2 || first > 0xF4) {
            return 0;
        }
        int length = first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
        if (i + length > to) {
            return 0;
        }
        for (int k = 1; k < length; k++) {
            if (!continues(b[i + k])) {
                return 0;
            }
        }
        int second = b[i + 1] & 0xFF;
        boolean overlong = (first == 0xE0 && second < 0xA0) || (first == 0xF0 && second < 0x90);
        boolean surrogate = first == 0xED && second >= 0xA0;
        boolean beyond = first == 0xF4 && second >= 0x90;
        return overlong || surrogate || beyond ? 0 : length;
    }

    /** Whether it is a byte of a sequence, but not its first. */
    static boolean continues(byte b) {
        return (b & 0xC0) == 0x80;
    }
}

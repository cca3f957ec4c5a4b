package io.vitallyrelay.message;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.Arrays;

/**
 * A growing buffer of JSON text in UTF-8, to be used again and again by one thread. It checks strings while it encodes
 * them: each character is looked at once, and what Vitally could not store never becomes bytes.
 */
final class JsonBytes {
    private static final int USUAL_CAPACITY = 4096;
    private static final int CAPACITY_TO_KEEP = 256 * 1024;
    /** The most bytes that one char of a string can become: {@code \}{@code u001F}. */
    private static final int MOST_BYTES_OF_A_CHAR = 6;

    private static final byte[] HEX = "0123456789abcdef".getBytes(US_ASCII);

    private byte[] bytes = new byte[USUAL_CAPACITY];
    private int size;

    int size() {
        return size;
    }

    /** The bytes so far, from 0 to {@link #size()}; valid until the next write. */
    byte[] array() {
        return bytes;
    }

    /** Empties the buffer, and gives back the memory that an exceptional message took. */
    void clear() {
        size = 0;
        if (bytes.length > CAPACITY_TO_KEEP) {
            bytes = new byte[USUAL_CAPACITY];
        }
    }

    void ascii(char character) {
        room(1);
        bytes[size++] = (byte) character;
    }

    // deprecated for what it does to other characters, and the only copy without a loop or an array in between
    @SuppressWarnings("deprecation")
    void ascii(String text) {
        room(text.length());
        text.getBytes(0, text.length(), bytes, size);
        size += text.length();
    }

    /** A piece of JSON that was checked already. */
    void bytes(byte[] json, int from, int to) {
        room(to - from);
        System.arraycopy(json, from, bytes, size, to - from);
        size += to - from;
    }

    /** Takes back what was written since it had that size. */
    void cut(int earlierSize) {
        size = earlierSize;
    }

    /** The text in quotes, escaped where JSON demands it and nowhere else. */
    void string(String text) throws ContractException {
        int length = text.length();
        room(length + 2);
        byte[] out = bytes;
        int at = size;
        out[at++] = '"';
        int i = 0;
        for (; i < length; i++) {
            char c = text.charAt(i);
            if (c < ' ' || c > '~' || c == '"' || c == '\\') {
                break;
            }
            out[at++] = (byte) c;
        }
        size = at;
        for (; i < length; i++) {
            char c = text.charAt(i);
            room(MOST_BYTES_OF_A_CHAR);
            if (c < 0x80) {
                asciiOfString(c);
            } else if (!Character.isSurrogate(c)) {
                codePoint(c);
            } else {
                int codePoint = text.codePointAt(i++);
                if (!Character.isSupplementaryCodePoint(codePoint)) {
                    throw new ContractException(
                            "",
                            "must hold whole characters, not one half of a surrogate pair",
                            String.format("U+%04X", codePoint));
                }
                codePoint(codePoint);
            }
        }
        ascii('"');
    }

    private void asciiOfString(char c) throws ContractException {
        switch (c) {
            case '"', '\\' -> escape(c);
            case '\n' -> escape('n');
            case '\r' -> escape('r');
            case '\t' -> escape('t');
            case 0 -> throw new ContractException("", "must not hold the character NUL", "U+0000");
            default -> {
                if (c >= ' ') {
                    bytes[size++] = (byte) c;
                } else {
                    escape('u');
                    bytes[size++] = '0';
                    bytes[size++] = '0';
                    bytes[size++] = HEX[c >> 4];
                    bytes[size++] = HEX[c & 0xF];
                }
            }
        }
    }

    private void escape(char c) {
        bytes[size++] = '\\';
        bytes[size++] = (byte) c;
    }

    private void codePoint(int c) {
        if (c < 0x800) {
            bytes[size++] = (byte) (0xC0 | (c >> 6));
        } else {
            if (c < 0x10000) {
                bytes[size++] = (byte) (0xE0 | (c >> 12));
            } else {
                bytes[size++] = (byte) (0xF0 | (c >> 18));
                bytes[size++] = (byte) (0x80 | ((c >> 12) & 0x3F));
            }
            bytes[size++] = (byte) (0x80 | ((c >> 6) & 0x3F));
        }
        bytes[size++] = (byte) (0x80 | (c & 0x3F));
    }

    /** A copy in which what was written from {@code start} on comes first. */
    byte[] copyFrontedBy(int start) {
        byte[] copy = new byte[size];
        System.arraycopy(bytes, start, copy, 0, size - start);
        System.arraycopy(bytes, 0, copy, size - start, start);
        return copy;
    }

    private void room(int more) {
        if (bytes.length - size < more) {
            bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, size + more));
        }
    }
}

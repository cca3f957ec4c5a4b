package io.vitallyrelay.message;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.Locale;
import java.util.Set;

/**
 * Knows the ids that programs write where they have none, such as {@code undefined}. They are legal, so they are admitted, but
 * everybody who has none becomes one customer.
 */
final class UnlikelyIds {
    private static final Set<String> WORDS = Set.of(
            "undefined",
            "null",
            "(null)",
            "<null>",
            "\\n",
            "nan",
            "none",
            "nil",
            "[object object]",
            "n/a",
            "#n/a",
            "-",
            "0",
            "-1",
            "00000000-0000-0000-0000-000000000000");

    /** Its bytes in lower case, by their count. */
    private static final byte[][][] BY_LENGTH = byLength();

    private UnlikelyIds() {}

    static boolean contains(String id) {
        return WORDS.contains(id.trim().toLowerCase(Locale.ROOT));
    }

    /** A quick look at the bytes of an id that holds no control characters; false only for those that are none. */
    static boolean maybe(byte[] text, int from, int to) {
        int first = from;
        int end = to;
        while (first < end && text[first] == ' ') {
            first++;
        }
        while (first < end && text[end - 1] == ' ') {
            end--;
        }
        int length = end - first;
        if (length >= BY_LENGTH.length) {
            return false;
        }
        for (byte[] word : BY_LENGTH[length]) {
            // the first and the last byte tell nearly all apart; 0x20 makes letters small
            if ((text[first] | 0x20) == (word[0] | 0x20) && (text[end - 1] | 0x20) == (word[length - 1] | 0x20)) {
                return true;
            }
        }
        return false;
    }

    private static byte[][][] byLength() {
        int longest = WORDS.stream().mapToInt(String::length).max().orElse(0);
        byte[][][] byLength = new byte[longest + 1][][];
        for (int i = 0; i <= longest; i++) {
            int length = i;
            byLength[i] = WORDS.stream()
                    .filter(word -> word.length() == length)
                    .map(word -> word.getBytes(US_ASCII))
                    .toArray(byte[][]::new);
        }
        return byLength;
    }
}

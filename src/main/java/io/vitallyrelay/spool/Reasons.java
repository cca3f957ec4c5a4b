package io.vitallyrelay.spool;

/** Reasons of dead letters, as kinds: {@code mrr: must be a number, got "n/a"} is of the kind {@code mrr: must be a number, got …}. */
public final class Reasons {
    private static final char VALUE = '…';
    private static final char QUOTE = '"';

    private Reasons() {}

    /** With {@code …} in the place of each number and of each text in quotes. */
    public static String withoutValues(String reason) {
        StringBuilder kind = new StringBuilder(reason.length());
        for (int i = 0; i < reason.length(); ) {
            char c = reason.charAt(i);
            if (!isValue(c)) {
                kind.append(c);
                i++;
                continue;
            }
            kind.append(VALUE);
            i = c == QUOTE ? behindQuoted(reason, i) : behindNumber(reason, i);
        }
        return kind.toString();
    }

    /** Whether a value is in it, so that the kind of a reason does not tell whether that contains it. */
    static boolean hasValues(String part) {
        return part.chars().anyMatch(c -> isValue((char) c));
    }

    private static boolean isValue(char c) {
        return c == QUOTE || isDigit(c);
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private static int behindQuoted(String text, int from) {
        int end = text.indexOf(QUOTE, from + 1);
        return end < 0 ? text.length() : end + 1;
    }

    private static int behindNumber(String text, int from) {
        int end = from;
        while (end < text.length()
                && (isDigit(text.charAt(end))
                        || (".,:".indexOf(text.charAt(end)) >= 0
                                && end + 1 < text.length()
                                && isDigit(text.charAt(end + 1))))) {
            end++;
        }
        return end;
    }
}

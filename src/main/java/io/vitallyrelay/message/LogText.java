package io.vitallyrelay.message;

/** Texts of others, such as names of files, so that in a line of a log they can pretend to be nothing else. Immutable. */
public final class LogText {
    private LogText() {}

    /** Control characters, line ends and marks that turn the direction of writing become {@code &#92;u000A} and so on. */
    public static String of(Object text) {
        String plain = String.valueOf(text);
        if (plain.codePoints().noneMatch(LogText::misleads)) {
            return plain;
        }
        StringBuilder shown = new StringBuilder(plain.length() + 16);
        plain.chars().forEach(c -> {
            if (misleads(c)) {
                shown.append(String.format("\\u%04X", c));
            } else {
                shown.append((char) c);
            }
        });
        return shown.toString();
    }

    private static boolean misleads(int c) {
        int type = Character.getType(c);
        return type == Character.CONTROL
                || type == Character.FORMAT
                || type == Character.LINE_SEPARATOR
                || type == Character.PARAGRAPH_SEPARATOR;
    }
}

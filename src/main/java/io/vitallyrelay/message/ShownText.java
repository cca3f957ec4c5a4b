package io.vitallyrelay.message;

/** Makes a text of any origin one that people can be shown. */
public final class ShownText {
    private static final int MAX_CHARS = 100;

    private ShownText() {}

    /**
     * Cut to 100 characters, and safe to log and to store: what may be wrong with the text are characters that no text should
     * have.
     */
    public static String of(String text) {
        StringBuilder shown = new StringBuilder();
        for (int i = 0; i < text.length(); ) {
            int c = text.codePointAt(i);
            i += Character.charCount(c);
            boolean unprintable = Character.isISOControl(c) || Character.getType(c) == Character.SURROGATE;
            String next = unprintable ? String.format("\\u%04X", c) : Character.toString(c);
            int roomForMore = i < text.length() ? 1 : 0;
            if (shown.length() + next.length() + roomForMore > MAX_CHARS) {
                return shown.append('…').toString();
            }
            shown.append(next);
        }
        return shown.toString();
    }
}

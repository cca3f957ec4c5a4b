package io.vitallyrelay.settings;

/** Foreign text made fit for a line of a message: no line breaks or other control characters, and not too long. */
final class OneLine {
    private static final int MAX_CHARS = 200;

    private OneLine() {}

    static String of(String text) {
        String cut = text.length() <= MAX_CHARS ? text : text.substring(0, MAX_CHARS) + "...";
        return cut.replaceAll("[\\p{Cntrl}\\u2028\\u2029]", "?");
    }
}

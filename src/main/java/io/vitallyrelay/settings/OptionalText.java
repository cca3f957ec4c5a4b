package io.vitallyrelay.settings;

/** Any text, or none. */
record OptionalText(boolean secret) implements Kind<String> {
    private static final String HIDDEN = "(hidden)";

    @Override
    public String parse(String text) {
        return text.isEmpty() ? null : text;
    }

    @Override
    public String allowed() {
        return "any text";
    }

    @Override
    public String shown(String text) {
        return secret ? HIDDEN : text;
    }
}

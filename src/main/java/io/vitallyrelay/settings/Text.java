package io.vitallyrelay.settings;

/** Any text. */
record Text(boolean secret) implements Kind<String> {
    @Override
    public String parse(String text) {
        return text;
    }

    @Override
    public String allowed() {
        return "any text";
    }

    @Override
    public String shown(String text) {
        return secret ? Token.HIDDEN : text;
    }
}

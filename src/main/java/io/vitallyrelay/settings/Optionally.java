package io.vitallyrelay.settings;

/** What may be left out; left out, it is {@code null}. */
record Optionally<T>(Kind<T> kind) implements Kind<T> {
    @Override
    public T parse(String text) throws Refused {
        return text.isEmpty() ? null : kind.parse(text);
    }

    @Override
    public String allowed() {
        return kind.allowed();
    }

    @Override
    public String shown(String text) {
        return kind.shown(text);
    }
}

package io.vitallyrelay.settings;

import java.util.Locale;

/** {@code true} or {@code false}, in any case. */
record TrueOrFalse() implements Kind<Boolean> {
    @Override
    public Boolean parse(String text) throws NotAllowedException {
        return switch (text.strip().toLowerCase(Locale.ROOT)) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new NotAllowedException(this);
        };
    }

    @Override
    public String allowed() {
        return "true or false";
    }
}

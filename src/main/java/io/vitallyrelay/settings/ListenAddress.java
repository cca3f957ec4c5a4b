package io.vitallyrelay.settings;

import java.util.regex.Pattern;

/** Where this machine listens. */
record ListenAddress() implements Kind<String> {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_]([A-Za-z0-9_.-]*[A-Za-z0-9_])?|[0-9a-fA-F:.]+");

    @Override
    public String parse(String text) throws NotAllowedException {
        String name = text.strip();
        if (!NAME.matcher(name).matches()) {
            throw new NotAllowedException(this);
        }
        return name;
    }

    @Override
    public String allowed() {
        return "a name or an address of this machine, or 0.0.0.0 for all of them";
    }
}

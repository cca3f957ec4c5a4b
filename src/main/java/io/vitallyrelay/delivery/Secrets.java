package io.vitallyrelay.delivery;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** Takes the token out of texts that are kept or shown: some endpoints repeat the request in their answer. Immutable. */
public final class Secrets {
    static final String HIDDEN = "***";
    /** Shorter texts are no secrets, and would be found everywhere. */
    private static final int SHORTEST = 4;

    private final List<String> hidden = new ArrayList<>();

    /** @param token as it is sent after {@code Basic }; what it encodes is hidden as well */
    public Secrets(String token) {
        add(token);
        try {
            String decoded = new String(Base64.getDecoder().decode(token), StandardCharsets.UTF_8);
            add(decoded);
            add(decoded.endsWith(":") ? decoded.substring(0, decoded.length() - 1) : decoded);
        } catch (IllegalArgumentException e) {
            // it encodes nothing
        }
    }

    private void add(String secret) {
        if (secret.length() >= SHORTEST) {
            hidden.add(secret);
        }
    }

    public String hide(String text) {
        String shown = text;
        for (String secret : hidden) {
            shown = shown.replace(secret, HIDDEN);
        }
        return shown;
    }

    /** Shows nothing of them. */
    @Override
    public String toString() {
        return HIDDEN;
    }
}

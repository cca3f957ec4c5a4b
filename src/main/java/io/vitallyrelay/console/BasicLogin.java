package io.vitallyrelay.console;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/** What {@code Authorization: Basic} says, in UTF-8 (RFC 7617). */
record BasicLogin(String user, String password) {
    private static final String SCHEME = "basic ";

    /** Empty where it is another scheme, or none that can be read. */
    static Optional<BasicLogin> of(String authorization) {
        if (!authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            return Optional.empty();
        }
        try {
            byte[] bytes = Base64.getDecoder()
                    .decode(authorization.substring(SCHEME.length()).strip());
            String pair = new String(bytes, StandardCharsets.UTF_8);
            int colon = pair.indexOf(':');
            return colon < 0
                    ? Optional.empty()
                    : Optional.of(new BasicLogin(pair.substring(0, colon), pair.substring(colon + 1)));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** Without the password. */
    @Override
    public String toString() {
        return "BasicLogin[" + user + "]";
    }
}

package io.vitallyrelay.settings;

import java.net.PasswordAuthentication;
import java.net.URI;

/**
 * The HTTP proxy on the way to Vitally.
 *
 * @param url its host and port
 * @param user who logs in to it; {@code null} for nobody
 * @param password never shown; {@code null} for none
 */
public record Proxy(URI url, String user, String password) {
    /** {@code null} where nobody logs in. */
    public PasswordAuthentication login() {
        return user == null
                ? null
                : new PasswordAuthentication(user, password == null ? new char[0] : password.toCharArray());
    }

    /** Without the password. */
    @Override
    public String toString() {
        return url + (user == null ? "" : " as " + user);
    }
}

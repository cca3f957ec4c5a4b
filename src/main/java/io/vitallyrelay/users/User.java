package io.vitallyrelay.users;

import java.util.regex.Pattern;

/**
 * One who may log in.
 *
 * @param name 1 to 64 letters, digits and {@code . _ @ + -} of ASCII, so that it can be shown anywhere and looks like no other one
 */
public record User(String name, Role role, PasswordHash password) {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._@+-]{0,63}");
    private static final String ALLOWED =
            "must be 1 to 64 letters, digits and . _ @ + -, and begin with a letter or a digit";

    /** @throws IllegalArgumentException where the name cannot be one */
    public User {
        requireName(name);
    }

    /** @throws IllegalArgumentException where it cannot be one */
    public static void requireName(String name) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("the name of a user " + ALLOWED);
        }
    }

    /** As it stands in the file, with the hash: another one whenever the password or the role is set. */
    public String line() {
        return name + " " + role.word() + " " + password.text();
    }
}

package io.vitallyrelay.users;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What a user may do. */
public enum Role {
    /** Reads everything and changes nothing. */
    VIEWER,
    /** Reads and changes. */
    OPERATOR;

    /** As it stands in the file of users, in answers and on the command line. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<Role> ofWord(String word) {
        return Arrays.stream(values()).filter(role -> role.word().equals(word)).findFirst();
    }
}

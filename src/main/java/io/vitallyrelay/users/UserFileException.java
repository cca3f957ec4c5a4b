package io.vitallyrelay.users;

/** The file of users cannot be used; the message says where and what to do, and has nothing of a password. */
public final class UserFileException extends Exception {
    private static final long serialVersionUID = 1;

    UserFileException(String message) {
        super(message);
    }
}

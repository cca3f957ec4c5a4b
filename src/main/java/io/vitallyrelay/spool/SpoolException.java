package io.vitallyrelay.spool;

/** The spool cannot be opened. The message says what is wrong with which file and what the operator can do. */
public final class SpoolException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public SpoolException(String message, Throwable cause) {
        super(message, cause);
    }

    public SpoolException(String message) {
        super(message);
    }
}

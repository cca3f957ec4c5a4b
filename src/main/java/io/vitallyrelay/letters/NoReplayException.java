package io.vitallyrelay.letters;

/** A dead letter would become none again; the message says why. */
public final class NoReplayException extends Exception {
    private static final long serialVersionUID = 1;

    public NoReplayException(String message) {
        super(message);
    }
}

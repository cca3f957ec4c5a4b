package io.vitallyrelay.source.text;

/** A text that is not one JSON value, or one that cannot be kept as it is. Its message says why, in plain words. */
public final class NotJsonException extends Exception {
    private static final long serialVersionUID = 1L;

    /** Without a stack trace: it is about the text, and a file may have a million such. */
    NotJsonException(String reason) {
        super(reason, null, false, false);
    }
}

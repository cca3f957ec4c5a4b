package io.vitallyrelay.source.table;

/** A value that has no place in JSON. The row becomes a dead letter. */
final class UnreadableCellException extends Exception {
    private static final long serialVersionUID = 1L;

    UnreadableCellException(String message) {
        super(message, null, false, false);
    }
}

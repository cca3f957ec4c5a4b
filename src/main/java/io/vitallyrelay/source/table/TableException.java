package io.vitallyrelay.source.table;

/** A poll cannot go on, as the statements, their settings or the table are not as they must be. Tells what to do. */
final class TableException extends Exception {
    private static final long serialVersionUID = 1L;

    TableException(String message) {
        super(message);
    }
}

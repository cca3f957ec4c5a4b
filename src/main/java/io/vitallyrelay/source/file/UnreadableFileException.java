package io.vitallyrelay.source.file;

import java.io.IOException;

/** The file, or the rest of it, cannot be read, and trying again will not help. Rows already taken stay taken. */
public final class UnreadableFileException extends IOException {
    private static final long serialVersionUID = 1L;

    private final long line;
    private final String reason;

    UnreadableFileException(long line, String reason) {
        super("line " + line + ": " + reason);
        this.line = line;
        this.reason = reason;
    }

    /** The line, counted from 1, on which stands what could not be read. */
    public long line() {
        return line;
    }

    /** What is wrong, in plain words. */
    public String reason() {
        return reason;
    }
}

package io.vitallyrelay.source.file.camel;

import io.vitallyrelay.source.SourceFailure;

/** A file cannot be finished now, and none of its records is to blame: it stays in its inbox and is opened again. */
class FileStaysException extends Exception implements SourceFailure {
    private static final long serialVersionUID = 1L;

    /** @param cause null where that is no failure */
    FileStaysException(String why, Exception cause) {
        super(why, cause);
    }
}

package io.vitallyrelay.source.camel;

/** A file cannot be finished now, and none of its records is to blame: it stays in its inbox and is opened again. */
class FileStaysException extends Exception {
    private static final long serialVersionUID = 1L;

    /** @param cause null where that is no failure */
    FileStaysException(String why, Exception cause) {
        super(why, cause);
    }
}

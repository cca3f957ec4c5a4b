package io.vitallyrelay.spool;

/** The spool is closed or closing. What was not confirmed before was not taken: the source reads it again. */
public final class SpoolClosedException extends IllegalStateException {
    private static final long serialVersionUID = 1L;

    public SpoolClosedException() {
        super("the spool is closed");
    }
}

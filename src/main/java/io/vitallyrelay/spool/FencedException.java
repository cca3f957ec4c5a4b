package io.vitallyrelay.spool;

/** Somebody else has taken over the unit or the lane: what was tried came to nothing. */
public final class FencedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public FencedException(String what) {
        super(what + " belongs to somebody else by now");
    }
}

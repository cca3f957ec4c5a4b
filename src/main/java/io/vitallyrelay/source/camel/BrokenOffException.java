package io.vitallyrelay.source.camel;

/** A file was not read to its end because the service stops. Keeps Camel from moving it. */
final class BrokenOffException extends Exception {
    private static final long serialVersionUID = 1L;

    BrokenOffException() {
        super("the service stops; the next start goes on behind its last row");
    }
}

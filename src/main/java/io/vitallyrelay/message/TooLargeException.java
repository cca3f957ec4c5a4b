package io.vitallyrelay.message;

/** Says that a candidate has more bytes than a message may have. */
public final class TooLargeException extends ContractException {
    private static final long serialVersionUID = 1L;

    TooLargeException(int maxBytes, int bytes) {
        super("message", "must have at most " + maxBytes + " bytes", bytes + " bytes");
    }
}

package io.vitallyrelay.sandbox;

/** A rule is broken: the status and the text of the answer that says which. */
final class Refusal extends Exception {
    private static final long serialVersionUID = 1L;

    private final int status;

    Refusal(int status, String error) {
        super(error, null, false, false);
        this.status = status;
    }

    int status() {
        return status;
    }
}

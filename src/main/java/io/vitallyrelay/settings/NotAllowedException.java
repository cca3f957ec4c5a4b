package io.vitallyrelay.settings;

/** A text is not what its setting allows. The message never repeats the text, which may be secret. */
final class NotAllowedException extends Exception {
    private static final long serialVersionUID = 1L;

    NotAllowedException(Kind<?> kind) {
        super("must be " + kind.allowed());
    }

    NotAllowedException(Kind<?> kind, String hint) {
        super("must be " + kind.allowed() + "; " + hint);
    }
}

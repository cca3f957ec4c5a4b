package io.vitallyrelay.settings;

/** A text is not what its setting allows. The message never repeats the text, which may be secret. */
final class Refused extends Exception {
    private static final long serialVersionUID = 1L;

    Refused(Kind<?> kind) {
        super("must be " + kind.allowed());
    }

    Refused(Kind<?> kind, String hint) {
        super("must be " + kind.allowed() + "; " + hint);
    }
}

package io.vitallyrelay.settings;

/** What becomes of a message with a field, or of a type, that is not known. */
public enum Unknown {
    /** It becomes a dead letter. */
    REFUSE,
    /** It is sent as it is. */
    PASS
}

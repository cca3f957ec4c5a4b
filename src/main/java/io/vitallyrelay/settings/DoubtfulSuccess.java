package io.vitallyrelay.settings;

/** What a success means whose body is cut, is not JSON, or speaks of errors. */
public enum DoubtfulSuccess {
    /** The messages arrived. */
    DELIVERED,
    /** They are sent again, with the same messageIds. */
    RETRY,
    /** All lanes wait, and one request is tried again and again. */
    HOLD
}

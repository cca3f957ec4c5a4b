package io.vitallyrelay.settings;

/** What a 200 means whose body is cut or is not JSON. */
public enum DoubtfulSuccess {
    /** The messages arrived. */
    DELIVERED,
    /** They are sent again, with the same messageIds. */
    RETRY
}

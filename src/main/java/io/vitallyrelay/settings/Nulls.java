package io.vitallyrelay.settings;

/** What becomes of nulls in traits and properties where the route does not say. */
public enum Nulls {
    /** They are left out. */
    OMIT,
    /** They are sent. */
    SEND
}

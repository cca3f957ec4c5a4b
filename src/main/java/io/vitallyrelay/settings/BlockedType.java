package io.vitallyrelay.settings;

/** What becomes of messages whose type is refused one and all. */
public enum BlockedType {
    /** They become dead letters, and messages of other types go on. */
    DEAD_LETTER,
    /** All lanes wait. */
    HOLD
}

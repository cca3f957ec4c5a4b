package io.vitallyrelay.message;

/** What becomes of a field that is null inside {@code traits} or {@code properties}, at any depth. */
public enum NullPolicy {
    /** Leave the field out: the trait stays as it is at Vitally. Null elements of arrays are kept. */
    OMIT,
    /** Send {@code null}. What Vitally makes of it is not documented for this API. */
    SEND
}

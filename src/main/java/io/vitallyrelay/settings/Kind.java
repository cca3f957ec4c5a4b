package io.vitallyrelay.settings;

/** What the text of a setting may be, and what it means. */
interface Kind<T> {
    /** The meaning of the text, or a refusal that says what is allowed. */
    T parse(String text) throws NotAllowedException;

    /** The meaning of an empty text, where a setting may have no value. */
    default T none() {
        return null;
    }

    /** What is allowed, as it reads after "must be". */
    String allowed();

    /** The text as it may stand in a message. */
    default String shown(String text) {
        return text;
    }
}

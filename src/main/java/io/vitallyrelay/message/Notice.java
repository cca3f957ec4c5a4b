package io.vitallyrelay.message;

/** Something about a message that was admitted although it is likely a mistake. */
public enum Notice {
    NAMELESS_ACCOUNT("account(s) without traits.name", "Vitally wants it for new accounts."),
    NULL_LEFT_OUT(
            "trait(s) and properties left out because they are null",
            "Vitally keeps what it has of them; vitally.nulls=send sends them, as nulls: send at vitally-sink does."),
    UNLIKELY_ID(
            "id(s) of the kind that programs write where they have none",
            "To Vitally all that bears it is one; leave the record or the field out in the mapping."),
    UNLIKELY_TIMESTAMP(
            "timestamp(s) in 1970 or in a far future",
            "Vitally orders by it; let the mapping leave the field out where the source has no date."),
    UNKNOWN_FIELD(
            "field(s) sent that their type does not have",
            "They pass as they are for vitally.unknown-fields=pass; refuse makes such messages dead letters."),
    UNKNOWN_TYPE(
            "message(s) sent of a type that is not known",
            "They pass as they are for vitally.unknown-types=pass; refuse makes them dead letters."),
    SAME_MESSAGE_ID(
            "message(s) with the messageId of another one of the same record",
            "Vitally takes it for a duplicate of the other and drops it; give each its own messageId, or none.");

    private final String what;
    private final String advice;

    Notice(String what, String advice) {
        this.what = what;
        this.advice = advice;
    }

    /** What there are some of, for people. */
    public String what() {
        return what;
    }

    /** What comes of it, and what can be done: a sentence. */
    public String advice() {
        return advice;
    }
}

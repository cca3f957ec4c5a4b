package io.vitallyrelay.spool;

import java.util.Arrays;
import java.util.Optional;

/** What kept a record or a message from being delivered, as a word that stays the same from one version to the next. */
public enum DeadLetterCode {
    /** Its mapping made something of it that Vitally's contract does not allow. */
    CONTRACT("contract"),
    /** Its mapping failed. */
    MAPPING("mapping"),
    /** It cannot be read as the record it should be. */
    MALFORMED("malformed"),
    /** It is larger than a record or a message may be. */
    TOO_LARGE("too-large"),
    /** The endpoint refused it. */
    REFUSED("refused"),
    /** It was not delivered in the time it had. */
    EXPIRED("expired"),
    /** Its route ended before it came to the spool. */
    LOST("lost"),
    /** It was stored by a version that kept no code. */
    UNKNOWN("unknown");

    private final String word;

    DeadLetterCode(String word) {
        this.word = word;
    }

    /** As it is stored and shown. */
    public String word() {
        return word;
    }

    public static Optional<DeadLetterCode> ofWord(String word) {
        return Arrays.stream(values()).filter(code -> code.word.equals(word)).findFirst();
    }
}

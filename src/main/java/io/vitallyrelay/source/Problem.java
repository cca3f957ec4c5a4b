package io.vitallyrelay.source;

import io.vitallyrelay.message.ContractException;
import io.vitallyrelay.message.TooLargeException;
import io.vitallyrelay.source.text.NotJsonException;
import io.vitallyrelay.spool.Content;
import io.vitallyrelay.spool.DeadLetterCode;
import io.vitallyrelay.spool.DeadRecord;

/**
 * What keeps a record from becoming a message.
 *
 * @param reason in words an operator understands
 */
public record Problem(DeadLetterCode code, String reason) {

    /** Its route ended, or let it go, before it came to the sink. */
    public static final Problem LOST = new Problem(
            DeadLetterCode.LOST,
            "lost in the route: it did not come to kamelet:vitally-sink, and no step failed. Let every way through the route end"
                    + " there; a record that is not wanted is dropped by its mapping, with empty");

    /** It cannot be read. */
    public static Problem malformed(String reason) {
        return new Problem(DeadLetterCode.MALFORMED, reason);
    }

    /** It is longer than a record may be. */
    public static Problem tooLong(int maxRecordBytes) {
        return new Problem(DeadLetterCode.TOO_LARGE, "longer than " + maxRecordBytes + " bytes");
    }

    /** What a step of its route threw: the sink what is no message, a mapping anything else. */
    public static Problem of(Throwable thrown) {
        String reason = thrown.getMessage() == null ? thrown.getClass().getSimpleName() : thrown.getMessage();
        if (thrown instanceof TooLargeException) {
            return new Problem(DeadLetterCode.TOO_LARGE, reason);
        }
        boolean isNoMessage = thrown instanceof ContractException || thrown instanceof NotJsonException;
        return new Problem(isNoMessage ? DeadLetterCode.CONTRACT : DeadLetterCode.MAPPING, reason);
    }

    /** The record as a dead letter. */
    public DeadRecord dead(String position, Content content) {
        return new DeadRecord(position, code, reason, content);
    }
}

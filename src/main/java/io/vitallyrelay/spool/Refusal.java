package io.vitallyrelay.spool;

import java.time.Instant;

/**
 * Why a message or a record became a dead letter.
 *
 * @param reason in words an operator understands
 * @param status the HTTP status of the answer, 0 where there was none
 * @param answer the first bytes of the answer, secrets removed, or null
 * @param attempts how often the message was sent
 * @param firstSent when it was sent first, in this run; null where it was not
 */
public record Refusal(DeadLetterCode code, String reason, int status, String answer, int attempts, Instant firstSent) {

    /** Of what was never sent. */
    public Refusal(DeadLetterCode code, String reason) {
        this(code, reason, 0, null, 0, null);
    }
}

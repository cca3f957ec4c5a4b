package io.vitallyrelay.spool;

/**
 * Why a message became a dead letter.
 *
 * @param reason in words an operator understands
 * @param status the HTTP status of the answer, 0 where there was none
 * @param answer the first bytes of the answer, secrets removed, or null
 * @param attempts how often the message was sent
 */
public record Refusal(String reason, int status, String answer, int attempts) {

    /** As it is stored: whoever made it, its texts have a bound. */
    Refusal shortened() {
        return new Refusal(
                StoredText.shortened(reason, StoredText.REASON_BYTES),
                status,
                answer == null ? null : StoredText.shortened(answer, StoredText.ANSWER_BYTES),
                attempts);
    }
}

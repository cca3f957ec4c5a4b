package io.vitallyrelay.spool;

/**
 * Why a message became a dead letter.
 *
 * @param reason in words an operator understands
 * @param status the HTTP status of the answer, 0 where there was none
 * @param answer the first bytes of the answer, secrets removed, or null
 * @param attempts how often the message was sent
 */
public record Refusal(String reason, int status, String answer, int attempts) {}

package io.vitallyrelay.spool;

/**
 * A record that became no message.
 *
 * @param position the place inside its unit
 * @param reason why, in words an operator understands
 */
public record DeadRecord(String position, DeadLetterCode code, String reason, Content content) {}

package io.vitallyrelay.spool;

/**
 * A record that became no message.
 *
 * @param position the place inside its unit
 * @param reason why, in words an operator understands
 * @param record the record as it was read, cut where it is long
 */
public record DeadRecord(String position, String reason, byte[] record) {}

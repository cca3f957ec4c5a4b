package io.vitallyrelay.message;

/**
 * Where a message came from.
 *
 * @param integration the folder under {@code routes/}
 * @param unit the file (name and fingerprint), queue or table
 * @param position the place inside the unit: line number, JMS message id, key
 */
public record Origin(String integration, String unit, String position) {}

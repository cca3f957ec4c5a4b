package io.vitallyrelay.spool;

import io.vitallyrelay.message.Origin;
import java.time.Instant;

/**
 * A message, or a record that became no message, which will not be accepted as it is.
 *
 * @param id grows with each dead letter of the store
 * @param content the message as it was sent, or the record as it was read
 * @param isMessage whether {@code content} is a message
 */
public record DeadLetter(long id, Origin origin, Refusal refusal, Instant at, byte[] content, boolean isMessage) {}

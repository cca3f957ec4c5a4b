package io.vitallyrelay.spool;

import io.vitallyrelay.message.Origin;
import java.time.Instant;
import java.util.List;

/**
 * A message, or a record that became no message, which will not be accepted as it is.
 *
 * @param id tells it from all others and grows with the time at which they came
 * @param at when it became one; never before that of a letter with a lower id
 * @param subject null for a record, and for a message that cannot be read
 * @param history what it was a letter for before it was replayed, oldest first; empty where it never was
 */
public record DeadLetter(
        long id, Origin origin, Refusal refusal, Instant at, Subject subject, Content content, List<Earlier> history) {}

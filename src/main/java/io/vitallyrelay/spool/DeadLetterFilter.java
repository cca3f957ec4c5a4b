package io.vitallyrelay.spool;

import java.time.Instant;
import java.util.function.Predicate;

/**
 * Which dead letters are meant.
 *
 * @param integration only those of this integration, null for all
 * @param reason only those whose reason contains this text, null for all
 * @param since only those from this moment on, null for all
 */
public record DeadLetterFilter(String integration, String reason, Instant since) implements Predicate<DeadLetter> {
    public static final DeadLetterFilter ALL = new DeadLetterFilter(null, null, null);

    /** Whether the counts of the units say how many it accepts. */
    public boolean isOfIntegrationAlone() {
        return reason == null && since == null;
    }

    @Override
    public boolean test(DeadLetter letter) {
        return (integration == null || letter.origin().integration().equals(integration))
                && (reason == null || letter.refusal().reason().contains(reason))
                && (since == null || !letter.at().isBefore(since));
    }
}

package io.vitallyrelay.spool;

import java.time.Instant;
import java.util.function.Predicate;

/**
 * Which dead letters are meant: those that are all of what is not null.
 *
 * @param integration they came from
 * @param code they have
 * @param reason a part of their reason; without a number or a quote in it, a part of {@link Reasons#withoutValues}
 * @param since they came at this moment or later
 * @param until they came before this moment
 * @param entity they are about, e.g. {@code user:u1}
 * @param messageId they have
 */
public record DeadLetterFilter(
        String integration,
        DeadLetterCode code,
        String reason,
        Instant since,
        Instant until,
        String entity,
        String messageId)
        implements Predicate<DeadLetter> {
    public static final DeadLetterFilter ALL = new DeadLetterFilter(null, null, null, null, null, null, null);

    public static DeadLetterFilter ofIntegration(String integration) {
        return new DeadLetterFilter(integration, null, null, null, null, null, null);
    }

    @Override
    public boolean test(DeadLetter letter) {
        return (integration == null || letter.origin().integration().equals(integration))
                && (code == null || letter.refusal().code() == code)
                && (reason == null || contains(letter.refusal().reason()))
                && (since == null || !letter.at().isBefore(since))
                && (until == null || letter.at().isBefore(until))
                && (entity == null
                        || (letter.subject() != null
                                && letter.subject().entity().equals(entity)))
                && (messageId == null
                        || (letter.subject() != null
                                && letter.subject().messageId().equals(messageId)));
    }

    private boolean contains(String whole) {
        return (Reasons.hasValues(reason) ? whole : Reasons.withoutValues(whole)).contains(reason);
    }

    /** Whether letters of that kind may be meant. */
    public boolean mayBe(String ofIntegration, DeadLetterCode ofCode, String kindOfReason) {
        return (integration == null || integration.equals(ofIntegration))
                && (code == null || code == ofCode)
                && (reason == null || Reasons.hasValues(reason) || kindOfReason.contains(reason));
    }

    /** Whether the kind of a letter decides, apart from when it came. */
    public boolean isOfKinds() {
        return entity == null && messageId == null && (reason == null || !Reasons.hasValues(reason));
    }
}

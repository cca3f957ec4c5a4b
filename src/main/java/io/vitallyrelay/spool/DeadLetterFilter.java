package io.vitallyrelay.spool;

import io.vitallyrelay.message.MessageType;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Which dead letters are meant: those that are all of what is not null.
 *
 * @param integration they came from
 * @param unit they came from, such as a file
 * @param code they have
 * @param status of the answer that refused them; 0: none did
 * @param reason a part of their reason; without a number or a quote in it, a part of {@link Reasons#withoutValues}
 * @param type of the message
 * @param entity they are about, e.g. {@code user:u1}
 * @param messageId they have
 * @param since they came at this moment or later
 * @param until they came before this moment
 * @param text stands, in upper or lower case, in their reason, the answer, their content or their origin
 */
public record DeadLetterFilter(
        String integration,
        String unit,
        DeadLetterCode code,
        Integer status,
        String reason,
        MessageType type,
        String entity,
        String messageId,
        Instant since,
        Instant until,
        String text)
        implements Predicate<DeadLetter> {
    public static final DeadLetterFilter ALL = ofIntegration(null);

    public static DeadLetterFilter ofIntegration(String integration) {
        return new DeadLetterFilter(integration, null, null, null, null, null, null, null, null, null, null);
    }

    public static DeadLetterFilter ofCode(DeadLetterCode code) {
        return new DeadLetterFilter(null, null, code, null, null, null, null, null, null, null, null);
    }

    /** Those that came before a moment. */
    public static DeadLetterFilter before(Instant moment) {
        return new DeadLetterFilter(null, null, null, null, null, null, null, null, null, moment, null);
    }

    @Override
    public boolean test(DeadLetter letter) {
        Refusal refusal = letter.refusal();
        return (integration == null || integration.equals(letter.origin().integration()))
                && (unit == null || unit.equals(letter.origin().unit()))
                && (code == null || code == refusal.code())
                && (status == null || status == refusal.status())
                && (reason == null || isPartOf(refusal.reason()))
                && isAbout(letter.subject())
                && (since == null || !letter.at().isBefore(since))
                && (until == null || letter.at().isBefore(until))
                && (text == null || isIn(letter));
    }

    private boolean isAbout(Subject subject) {
        if (subject == null) {
            return type == null && entity == null && messageId == null;
        }
        return (type == null || type == subject.type())
                && (entity == null || entity.equals(subject.entity()))
                && (messageId == null || messageId.equals(subject.messageId()));
    }

    private boolean isPartOf(String whole) {
        return (Reasons.hasValues(reason) ? whole : Reasons.withoutValues(whole)).contains(reason);
    }

    private boolean isIn(DeadLetter letter) {
        String wanted = text.toLowerCase(Locale.ROOT);
        String answer = letter.refusal().answer();
        return Stream.of(
                        letter.refusal().reason(),
                        letter.origin().unit(),
                        letter.origin().position(),
                        answer == null ? "" : answer,
                        new String(letter.content().bytes(), StandardCharsets.UTF_8))
                .anyMatch(part -> part.toLowerCase(Locale.ROOT).contains(wanted));
    }

    /** Whether letters of that kind may be meant. */
    public boolean mayBe(String ofIntegration, DeadLetterCode ofCode, int ofStatus, String kindOfReason) {
        return (integration == null || integration.equals(ofIntegration))
                && (code == null || code == ofCode)
                && (status == null || status == ofStatus)
                && (reason == null || Reasons.hasValues(reason) || kindOfReason.contains(reason));
    }

    /** Whether some kinds are meant, and others not. */
    public boolean choosesKinds() {
        return integration != null || code != null || status != null || reason != null;
    }

    /** Whether the kind of a letter decides, apart from when it came. */
    public boolean isOfKinds() {
        return unit == null
                && type == null
                && entity == null
                && messageId == null
                && text == null
                && (reason == null || !Reasons.hasValues(reason));
    }
}

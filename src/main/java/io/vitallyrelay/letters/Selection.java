package io.vitallyrelay.letters;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.vitallyrelay.message.MessageType;
import io.vitallyrelay.spool.DeadLetterCode;
import io.vitallyrelay.spool.DeadLetterFilter;
import java.time.Instant;
import java.util.List;

/**
 * Which dead letters a job is about: those of the ids, or where there are none, those that are all of what is not null.
 *
 * @param ids in order, each once; null where the rest says it
 * @param code as {@link DeadLetterCode#word}
 * @param type as {@link MessageType#wireName}
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Selection(
        List<Long> ids,
        String integration,
        String unit,
        String code,
        Integer status,
        String reason,
        String type,
        String entity,
        String messageId,
        Instant since,
        Instant until,
        String text) {

    public static Selection ofIds(List<Long> ids) {
        return of(ids.stream().distinct().sorted().toList(), DeadLetterFilter.ALL);
    }

    public static Selection of(DeadLetterFilter filter) {
        return of(null, filter);
    }

    private static Selection of(List<Long> ids, DeadLetterFilter filter) {
        return new Selection(
                ids,
                filter.integration(),
                filter.unit(),
                filter.code() == null ? null : filter.code().word(),
                filter.status(),
                filter.reason(),
                filter.type() == null ? null : filter.type().wireName(),
                filter.entity(),
                filter.messageId(),
                filter.since(),
                filter.until(),
                filter.text());
    }

    /** Of those that are there at this moment: what becomes a letter later is not meant. */
    Selection before(Instant moment) {
        boolean isEarlier = ids != null || (until != null && until.isBefore(moment));
        return isEarlier
                ? this
                : new Selection(
                        null, integration, unit, code, status, reason, type, entity, messageId, since, moment, text);
    }

    DeadLetterFilter filter() {
        DeadLetterCode known = code == null ? null : DeadLetterCode.ofWord(code).orElse(DeadLetterCode.UNKNOWN);
        MessageType knownType =
                type == null ? null : MessageType.ofWireName(type).orElse(MessageType.OTHER);
        return new DeadLetterFilter(
                integration, unit, known, status, reason, knownType, entity, messageId, since, until, text);
    }
}

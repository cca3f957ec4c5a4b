package io.vitallyrelay.letters;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.vitallyrelay.spool.DeadLetterCode;
import io.vitallyrelay.spool.DeadLetterFilter;
import java.time.Instant;
import java.util.List;

/**
 * Which dead letters a job is about: those of the ids, or where there are none, those that are all of what is not null.
 *
 * @param ids in order, each once; null where the rest says it
 * @param code as {@link DeadLetterCode#word}
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Selection(
        List<Long> ids,
        String integration,
        String code,
        String reason,
        Instant since,
        Instant until,
        String entity,
        String messageId) {

    public static Selection ofIds(List<Long> ids) {
        return new Selection(ids.stream().distinct().sorted().toList(), null, null, null, null, null, null, null);
    }

    public static Selection of(DeadLetterFilter filter) {
        return new Selection(
                null,
                filter.integration(),
                filter.code() == null ? null : filter.code().word(),
                filter.reason(),
                filter.since(),
                filter.until(),
                filter.entity(),
                filter.messageId());
    }

    /** Of those that are there at this moment: what becomes a letter later is not meant. */
    Selection before(Instant moment) {
        boolean isEarlier = ids != null || (until != null && until.isBefore(moment));
        return isEarlier ? this : new Selection(null, integration, code, reason, since, moment, entity, messageId);
    }

    DeadLetterFilter filter() {
        DeadLetterCode known = code == null ? null : DeadLetterCode.ofWord(code).orElse(DeadLetterCode.UNKNOWN);
        return new DeadLetterFilter(integration, known, reason, since, until, entity, messageId);
    }
}

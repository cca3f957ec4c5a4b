package io.vitallyrelay.console;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonRawValue;
import io.vitallyrelay.spool.DeadLetter;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/**
 * A dead letter as the HTTP interface shows it: with {@code message}, the JSON that was sent, or {@code record}, the text that
 * was read.
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record DeadLetterView(
        String id,
        String integration,
        Place origin,
        String reason,
        Integer status,
        String answer,
        int attempts,
        Instant at,
        @JsonRawValue String message,
        String record) {

    /** Where it came from. */
    public record Place(String unit, String position) {}

    static DeadLetterView of(DeadLetter letter) {
        String content = new String(letter.content(), StandardCharsets.UTF_8);
        return new DeadLetterView(
                Long.toString(letter.id()),
                letter.origin().integration(),
                new Place(letter.origin().unit(), letter.origin().position()),
                letter.refusal().reason(),
                letter.refusal().status() == 0 ? null : letter.refusal().status(),
                letter.refusal().answer(),
                letter.refusal().attempts(),
                letter.at(),
                letter.isMessage() ? content : null,
                letter.isMessage() ? null : content);
    }
}

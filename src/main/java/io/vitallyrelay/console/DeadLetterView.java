package io.vitallyrelay.console;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonRawValue;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import io.vitallyrelay.delivery.Secrets;
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

    private static final ObjectReader STRICT =
            new ObjectMapper().reader(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    /** Where it came from. */
    public record Place(String unit, String position) {}

    static DeadLetterView of(DeadLetter letter, Secrets secrets) {
        String content = secrets.hide(new String(letter.content().bytes(), StandardCharsets.UTF_8));
        boolean isMessage = letter.content().isMessage() && isJsonObject(content);
        return new DeadLetterView(
                Long.toString(letter.id()),
                letter.origin().integration(),
                new Place(letter.origin().unit(), letter.origin().position()),
                secrets.hide(letter.refusal().reason()),
                letter.refusal().status() == 0 ? null : letter.refusal().status(),
                letter.refusal().answer(),
                letter.refusal().attempts(),
                letter.at(),
                isMessage ? content : null,
                isMessage ? null : content);
    }

    /** A message is shown as it stands, so one that is damaged would make the whole answer unreadable. */
    private static boolean isJsonObject(String content) {
        try {
            return STRICT.readTree(content).isObject();
        } catch (JsonProcessingException e) {
            return false;
        }
    }
}

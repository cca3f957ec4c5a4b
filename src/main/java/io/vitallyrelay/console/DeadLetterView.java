package io.vitallyrelay.console;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonRawValue;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;
import io.vitallyrelay.delivery.Secrets;
import io.vitallyrelay.message.Json;
import io.vitallyrelay.spool.Content;
import io.vitallyrelay.spool.DeadLetter;
import io.vitallyrelay.spool.Earlier;
import io.vitallyrelay.spool.Refusal;
import io.vitallyrelay.spool.Subject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;

/**
 * A dead letter as the HTTP interface shows it, with one of {@code message}, the JSON that was sent, {@code record}, the JSON
 * that its mapping saw, and {@code raw}, the text of what is neither.
 *
 * @param history oldest first; null where there is none
 * @param cut true where the record is not whole, else null
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record DeadLetterView(
        String id,
        String integration,
        UnitPosition origin,
        String code,
        String reason,
        String type,
        String entity,
        String messageId,
        Integer status,
        String answer,
        int attempts,
        @JsonSerialize(using = ToStringSerializer.class) Instant firstSent,
        @JsonSerialize(using = ToStringSerializer.class) Instant at,
        List<Before> history,
        Boolean cut,
        @JsonRawValue String message,
        @JsonRawValue String record,
        String raw) {

    /** Where it came from. */
    public record UnitPosition(String unit, String position) {}

    /** What it was a dead letter for before it was replayed. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Before(
            @JsonSerialize(using = ToStringSerializer.class) Instant at, String code, String reason, Integer status) {
        private static Before of(Earlier earlier, Secrets secrets) {
            return new Before(
                    earlier.at(),
                    earlier.code().word(),
                    secrets.hide(earlier.reason()),
                    earlier.status() == 0 ? null : earlier.status());
        }
    }

    static DeadLetterView of(DeadLetter letter, Secrets secrets) {
        Refusal refusal = letter.refusal();
        Subject subject = letter.subject();
        String content = secrets.hide(new String(letter.content().bytes(), StandardCharsets.UTF_8));
        Content.Form form = isJson(content) ? letter.content().form() : Content.Form.RAW;
        return new DeadLetterView(
                Long.toString(letter.id()),
                letter.origin().integration(),
                new UnitPosition(
                        secrets.hide(letter.origin().unit()),
                        secrets.hide(letter.origin().position())),
                refusal.code().word(),
                secrets.hide(refusal.reason()),
                subject == null ? null : subject.type().wireName(),
                subject == null ? null : secrets.hide(subject.entity()),
                subject == null ? null : secrets.hide(subject.messageId()),
                refusal.status() == 0 ? null : refusal.status(),
                refusal.answer() == null ? null : secrets.hide(refusal.answer()),
                refusal.attempts(),
                refusal.firstSent(),
                letter.at(),
                letter.history().isEmpty()
                        ? null
                        : letter.history().stream()
                                .map(each -> Before.of(each, secrets))
                                .toList(),
                letter.content().isCut() ? true : null,
                form == Content.Form.MESSAGE ? content : null,
                form == Content.Form.RECORD ? content : null,
                form == Content.Form.RAW ? content : null);
    }

    /** JSON is shown as it stands, so one that is damaged would make the whole answer unreadable. */
    private static boolean isJson(String content) {
        byte[] json = content.getBytes(StandardCharsets.UTF_8);
        try (JsonParser in = Json.tokens(json, 0, json.length)) {
            boolean isAny = in.nextToken() != null;
            in.skipChildren();
            return isAny && in.nextToken() == null;
        } catch (IOException e) {
            return false;
        }
    }
}

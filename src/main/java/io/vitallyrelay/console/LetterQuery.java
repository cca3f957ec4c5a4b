package io.vitallyrelay.console;

import static java.util.stream.Collectors.joining;

import io.vitallyrelay.message.MessageType;
import io.vitallyrelay.spool.DeadLetterCode;
import io.vitallyrelay.spool.DeadLetterFilter;
import jakarta.ws.rs.QueryParam;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.Set;
import java.util.function.UnaryOperator;

/** Which dead letters a request means: those that are all of what it says, each as text. */
public class LetterQuery {
    static final Set<String> NAMES = Set.of(
            "integration", "unit", "code", "status", "reason", "type", "entity", "messageId", "since", "until", "text");

    private static final int HIGHEST_STATUS = 999;

    @QueryParam("integration")
    String integration;

    @QueryParam("unit")
    String unit;

    @QueryParam("code")
    String code;

    @QueryParam("status")
    String status;

    @QueryParam("reason")
    String reason;

    @QueryParam("type")
    String type;

    @QueryParam("entity")
    String entity;

    @QueryParam("messageId")
    String messageId;

    @QueryParam("since")
    String since;

    @QueryParam("until")
    String until;

    @QueryParam("text")
    String text;

    /** @param said gives what is said under one of the {@link #NAMES}, or null */
    static LetterQuery of(UnaryOperator<String> said) {
        LetterQuery query = new LetterQuery();
        query.integration = said.apply("integration");
        query.unit = said.apply("unit");
        query.code = said.apply("code");
        query.status = said.apply("status");
        query.reason = said.apply("reason");
        query.type = said.apply("type");
        query.entity = said.apply("entity");
        query.messageId = said.apply("messageId");
        query.since = said.apply("since");
        query.until = said.apply("until");
        query.text = said.apply("text");
        return query;
    }

    /** @throws jakarta.ws.rs.WebApplicationException with status 400 where something of it makes no sense */
    DeadLetterFilter filter() {
        return new DeadLetterFilter(
                integration,
                unit,
                code(),
                status == null ? null : (int) Query.number("status", status, HIGHEST_STATUS),
                reason,
                type(),
                entity,
                messageId,
                moment("since", since),
                moment("until", until),
                text);
    }

    private DeadLetterCode code() {
        if (code == null) {
            return null;
        }
        return DeadLetterCode.ofWord(code).orElseThrow(() -> {
            String words = Arrays.stream(DeadLetterCode.values())
                    .map(DeadLetterCode::word)
                    .collect(joining(", "));
            return Query.refused(400, "code=" + code + ": must be one of " + words);
        });
    }

    private MessageType type() {
        return type == null
                ? null
                : Arrays.stream(MessageType.values())
                        .filter(each -> each.wireName().equals(type))
                        .findFirst()
                        .orElseThrow(() -> Query.refused(
                                400,
                                "type=" + type + ": must be one of " + MessageType.WIRE_NAMES + ", "
                                        + MessageType.OTHER.wireName()));
    }

    private static Instant moment(String name, String text) {
        try {
            return text == null ? null : Instant.parse(text);
        } catch (DateTimeParseException e) {
            throw Query.refused(400, name + "=" + text + ": must be a moment such as 2026-01-31T00:00:00Z");
        }
    }
}

package io.vitallyrelay.console;

import static java.util.stream.Collectors.joining;

import io.vertx.core.http.HttpServerRequest;
import io.vitallyrelay.spool.DeadLetterCode;
import io.vitallyrelay.spool.DeadLetterFilter;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.Map;

/** Reads what a request asks for, or says what is wrong with it. */
final class Query {
    private Query() {}

    /** The dead letters that are asked for; each may be null. */
    static DeadLetterFilter filter(
            String integration,
            String code,
            String reason,
            String since,
            String until,
            String entity,
            String messageId) {
        return new DeadLetterFilter(
                integration, code(code), reason, moment("since", since), moment("until", until), entity, messageId);
    }

    /** Null where it is absent. */
    private static Instant moment(String name, String text) {
        try {
            return text == null ? null : Instant.parse(text);
        } catch (DateTimeParseException e) {
            throw refused(400, name + "=" + text + ": must be a moment such as 2026-01-31T00:00:00Z");
        }
    }

    /** Null where it is absent. */
    private static DeadLetterCode code(String word) {
        if (word == null) {
            return null;
        }
        return DeadLetterCode.ofWord(word).orElseThrow(() -> {
            String words = Arrays.stream(DeadLetterCode.values())
                    .map(DeadLetterCode::word)
                    .collect(joining(", "));
            return refused(400, "code=" + word + ": must be one of " + words);
        });
    }

    static long number(String name, String text, long most) {
        try {
            long number = Long.parseLong(text);
            if (number >= 0 && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            // told below
        }
        throw refused(400, name + "=" + text + ": must be a whole number from 0 to " + most);
    }

    /** Where a request comes from. */
    static String address(HttpServerRequest request) {
        return request.remoteAddress() == null ? null : request.remoteAddress().hostAddress();
    }

    static WebApplicationException refused(int status, String why) {
        return new WebApplicationException(Response.status(status)
                .type(MediaType.APPLICATION_JSON)
                .entity(Map.of("error", why))
                .build());
    }
}

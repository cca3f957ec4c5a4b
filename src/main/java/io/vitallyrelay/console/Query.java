package io.vitallyrelay.console;

import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Map;

/** Reads what a request asks for, or says what is wrong with it. */
final class Query {
    private static final int LONGEST_TEXT = 1000;

    private Query() {}

    /** Null where it is absent or blank. */
    static String text(String name, String text) {
        if (text != null && text.length() > LONGEST_TEXT) {
            throw refused(400, name + ": must have at most " + LONGEST_TEXT + " characters");
        }
        return text == null || text.isBlank() ? null : text;
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

package io.vitallyrelay.sandbox;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.Map;

/**
 * What the sandbox answers.
 *
 * @param status the HTTP status, or 0 to close the connection without an answer
 * @param headers headers beside the content type, which always is JSON
 * @param body the JSON text
 */
public record Answer(int status, Map<String, String> headers, String body) {
    public static final Answer SUCCESS = new Answer(200, Map.of(), "{\"message\":\"Success.\"}");
    /** Closes the connection instead of answering. */
    public static final Answer NONE = new Answer(0, Map.of(), "");

    /** An answer with the body {@code {"error":"<error>"}}. */
    public static Answer error(int status, String error) {
        String body = JsonNodeFactory.instance.objectNode().put("error", error).toString();
        return new Answer(status, Map.of(), body);
    }

    public Answer withHeader(String name, String value) {
        return new Answer(status, Map.of(name, value), body);
    }
}

package io.vitallyrelay.console;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.vertx.core.http.HttpServerResponse;

/** What a request gets that goes no further: a status, and why. */
final class ErrorAnswer {
    private ErrorAnswer() {}

    static void send(HttpServerResponse response, int status, String why) {
        if (response.ended() || response.closed()) {
            return;
        }
        response.setStatusCode(status)
                .putHeader("Content-Type", "application/json")
                .putHeader("Connection", "close")
                .end(JsonNodeFactory.instance.objectNode().put("error", why).toString());
    }
}

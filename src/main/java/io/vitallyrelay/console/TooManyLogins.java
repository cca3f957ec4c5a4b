package io.vitallyrelay.console;

import io.vertx.core.http.HttpServerResponse;
import io.vitallyrelay.users.Login;

/** The answer to who has to wait before the next password. */
final class TooManyLogins {
    static final int STATUS = 429;

    private TooManyLogins() {}

    static void answer(Login.TooMany many, HttpServerResponse response) {
        response.putHeader("Retry-After", Long.toString(seconds(many)));
        ErrorAnswer.send(response, STATUS, told(many));
    }

    static String told(Login.TooMany many) {
        return "too many logins, try again in " + seconds(many) + " s";
    }

    static long seconds(Login.TooMany many) {
        return many.pause().plusMillis(999).toSeconds();
    }
}

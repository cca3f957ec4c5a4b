package io.vitallyrelay.console;

import io.vertx.ext.web.RoutingContext;
import io.vitallyrelay.users.Role;
import java.util.Optional;

/**
 * Who sent a request, once that is proven; a request carries it from the guard to the resources.
 *
 * @param csrf what a {@code POST} of the session must bring in {@code X-CSRF-Token}; null for a program, which has no session
 */
record LoggedIn(String user, Role role, String csrf) {
    private static final String KEY = LoggedIn.class.getName();

    void putInto(RoutingContext request) {
        request.put(KEY, this);
    }

    /** Empty where nobody logs in. */
    static Optional<LoggedIn> of(RoutingContext request) {
        return request == null ? Optional.empty() : Optional.ofNullable(request.get(KEY));
    }
}

package io.vitallyrelay.console;

import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import jakarta.enterprise.context.RequestScoped;
import java.util.Optional;

/** Who sent the request that is answered. */
@RequestScoped
public class Caller {
    private final CurrentVertxRequest request;

    Caller(CurrentVertxRequest request) {
        this.request = request;
    }

    /**
     * The name for the audit: that of the user who is logged in, whatever the request says.
     *
     * @param said what the request says, which counts where nobody logs in; may be null
     */
    public String name(String said) {
        return loggedIn().map(LoggedIn::user).orElse(said);
    }

    Optional<LoggedIn> loggedIn() {
        return LoggedIn.of(request.getCurrent());
    }
}

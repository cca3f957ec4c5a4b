package io.vitallyrelay.console;

import io.vitallyrelay.users.Role;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

/** {@code GET /api/me}: who is logged in, and what they may do. */
@Path("/api/me")
@Produces(MediaType.APPLICATION_JSON)
public class MeResource {
    private final Caller caller;

    MeResource(Caller caller) {
        this.caller = caller;
    }

    /**
     * @param user null where nobody logs in
     * @param role {@code viewer} or {@code operator}
     * @param login whether this service has users
     * @param csrf for the header {@code X-CSRF-Token} of each {@code POST}; null where there is no session
     */
    public record Me(String user, String role, boolean login, String csrf) {
        static Me of(LoggedIn user) {
            return new Me(user.user(), user.role().word(), true, user.csrf());
        }
    }

    @GET
    public Me me() {
        return caller.loggedIn().map(Me::of).orElse(new Me(null, Role.OPERATOR.word(), false, null));
    }
}

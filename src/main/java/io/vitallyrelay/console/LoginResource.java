package io.vitallyrelay.console;

import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import io.vertx.ext.web.RoutingContext;
import io.vitallyrelay.users.Login;
import io.vitallyrelay.users.Logins;
import io.vitallyrelay.users.UsersNow;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.jboss.logging.Logger;

/** {@code POST /api/login} begins the session of a page, {@code POST /api/logout} ends it. */
@Path("/api")
@Produces(MediaType.APPLICATION_JSON)
public class LoginResource {
    private static final Logger LOG = Logger.getLogger(LoginResource.class);

    private final UsersNow users;
    private final Logins logins;
    private final Sessions sessions;
    private final CurrentVertxRequest current;

    LoginResource(UsersNow users, Logins logins, Sessions sessions, CurrentVertxRequest current) {
        this.users = users;
        this.logins = logins;
        this.sessions = sessions;
        this.current = current;
    }

    /** 200 with the cookie; 401 where user or password are wrong, 429 where too many were, 409 where there are no users. */
    @POST
    @Path("/login")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public CompletionStage<Response> login(@FormParam("user") String user, @FormParam("password") String password) {
        if (!users.closed()) {
            throw Query.refused(409, "this service has no users: nobody has to log in");
        }
        if (user == null || password == null) {
            throw Query.refused(400, "user and password must be given, as a form");
        }
        RoutingContext request = current.getCurrent();
        String address = Query.address(request.request());
        return logins.check(user, password, address).thenApply(login -> answer(login, address, request));
    }

    private Response answer(Login login, String address, RoutingContext request) {
        if (login instanceof Login.Right right) {
            LOG.infof("%s has logged in from %s", right.user().name(), address);
            return Response.ok(MeResource.Me.of(sessions.begin(right.user(), request)))
                    .build();
        }
        return login instanceof Login.TooMany many
                ? Response.status(TooManyLogins.STATUS)
                        .header("Retry-After", TooManyLogins.seconds(many))
                        .entity(Map.of("error", TooManyLogins.told(many)))
                        .build()
                : Response.status(Response.Status.UNAUTHORIZED)
                        .entity(Map.of("error", "user or password is wrong"))
                        .build();
    }

    /** The cookie is good for nothing any more, wherever it has been copied to. */
    @POST
    @Path("/logout")
    public Response logout() {
        if (users.closed()) {
            sessions.end(current.getCurrent());
        }
        return Response.noContent().build();
    }
}

package io.vitallyrelay.console;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import io.vitallyrelay.users.Login;
import io.vitallyrelay.users.Logins;
import io.vitallyrelay.users.Role;
import io.vitallyrelay.users.User;
import io.vitallyrelay.users.UsersNow;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Where there are users, lets nobody past who is not one: with the cookie of a session or, for programs, with Basic. A viewer may
 * only read. What a session sends to change something must bring the token that its page has asked for. Behind the {@link HttpGuard}.
 */
@Singleton
public class LoginGuard {
    private static final int SECOND = 9_000;
    private static final Set<String> READING = Set.of("GET", "HEAD", "OPTIONS");
    /** Files of the page, which hold no data, the login itself, and what probes ask. */
    private static final Pattern OPEN =
            Pattern.compile("/|/index\\.html|/favicon\\.ico|/(page|_static)/.*|/api/login|/q/health(/.*)?");

    private final UsersNow users;
    private final Logins logins;
    private final Sessions sessions;
    private final ManagementPort management;

    LoginGuard(UsersNow users, Logins logins, Sessions sessions, ManagementPort management) {
        this.users = users;
        this.logins = logins;
        this.sessions = sessions;
        this.management = management;
    }

    void register(@Observes Filters filters) {
        filters.register(this::check, SECOND);
    }

    void check(RoutingContext request) {
        if (OPEN.matcher(request.normalizedPath()).matches() || management.isFor(request) || !users.closed()) {
            request.next();
            return;
        }
        String authorization = request.request().getHeader("Authorization");
        if (authorization != null) {
            BasicLogin.of(authorization).ifPresentOrElse(login -> program(login, request), () -> refuse(request));
            return;
        }
        sessions.find(request).ifPresentOrElse(session -> page(session, request), () -> refuse(request));
    }

    private void program(BasicLogin login, RoutingContext request) {
        Optional<User> known = logins.known(login.user(), login.password());
        if (known.isPresent()) {
            enter(program(known.get()), request);
            return;
        }
        Context loop = Vertx.currentContext();
        request.request().pause();
        logins.check(login.user(), login.password(), Query.address(request.request()))
                .whenComplete((outcome, failure) -> loop.runOnContext(now -> {
                    request.request().resume();
                    if (failure != null) {
                        request.fail(failure);
                    } else if (outcome instanceof Login.Right right) {
                        enter(program(right.user()), request);
                    } else if (outcome instanceof Login.TooMany many) {
                        TooManyLogins.answer(many, request.response());
                    } else {
                        refuse(request);
                    }
                }));
    }

    private static LoggedIn program(User user) {
        return new LoggedIn(user.name(), user.role(), null);
    }

    private static void page(LoggedIn session, RoutingContext request) {
        String token = request.request().getHeader("X-CSRF-Token");
        if (!reads(request) && (token == null || !isEqual(token, session.csrf()))) {
            ErrorAnswer.send(
                    request.response(),
                    403,
                    "X-CSRF-Token must be what GET /api/me says in csrf, for whatever a page changes");
            return;
        }
        enter(session, request);
    }

    private static void enter(LoggedIn user, RoutingContext request) {
        boolean leaves = request.normalizedPath().equals("/api/logout");
        if (!reads(request) && user.role() != Role.OPERATOR && !leaves) {
            ErrorAnswer.send(
                    request.response(), 403, user.user() + " is a viewer: only an operator may change something");
            return;
        }
        user.putInto(request);
        request.next();
    }

    private static boolean reads(RoutingContext request) {
        return READING.contains(request.request().method().name());
    }

    private static boolean isEqual(String one, String other) {
        return MessageDigest.isEqual(one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
    }

    /** Not with Basic, for which a browser would ask by itself. */
    private static void refuse(RoutingContext request) {
        HttpServerResponse response = request.response();
        response.putHeader("WWW-Authenticate", "Session");
        ErrorAnswer.send(
                response,
                401,
                "log in first, with POST /api/login, or Basic for a program: user or password are wrong or missing");
    }
}

package io.vitallyrelay.console;

import io.quarkus.vertx.http.runtime.security.PersistentLoginManager;
import io.quarkus.vertx.http.runtime.security.PersistentLoginManager.RestoreResult;
import io.vertx.ext.web.RoutingContext;
import io.vitallyrelay.users.Seal;
import io.vitallyrelay.users.User;
import io.vitallyrelay.users.UsersNow;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * Who is logged in with a browser, kept in an encrypted cookie: a restart ends no session. One ends half an hour after its last
 * request, twelve hours after it began, with a logout, and at once when the user is removed or has another password. Thread-safe.
 */
public final class Sessions {
    static final String COOKIE = "relay-session";
    private static final Duration IDLE = Duration.ofMinutes(30);
    private static final Duration LONGEST = Duration.ofHours(12);
    private static final Duration RENEWED = Duration.ofMinutes(1);
    private static final int MOST_ENDED = 10_000;

    private final UsersNow users;
    private final InstantSource clock;
    private final Supplier<String> key;
    /** Cookies that a logout made worthless, those of long ago forgotten first. */
    private final Map<String, Boolean> ended = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
            return size() > MOST_ENDED;
        }
    };

    private Secrets secrets;

    /** @param key the secret of the cookies, asked for when there is the first one */
    public Sessions(UsersNow users, InstantSource clock, Supplier<String> key) {
        this.users = users;
        this.clock = clock;
        this.key = key;
    }

    private record Secrets(PersistentLoginManager cookies, Seal seal) {}

    /** What a cookie holds. */
    private record Content(String id, long begun, String userSeal, String user) {
        static Optional<Content> of(String text) {
            String[] parts = text.split(" ", -1);
            return parts.length == 4
                    ? Optional.of(new Content(parts[0], Long.parseLong(parts[1]), parts[2], parts[3]))
                    : Optional.empty();
        }

        @Override
        public String toString() {
            return id + " " + begun + " " + userSeal + " " + user;
        }
    }

    /** Begins one: the answer brings its cookie. */
    LoggedIn begin(User user, RoutingContext request) {
        Content content = new Content(UUID.randomUUID().toString(), clock.millis(), seal(user), user.name());
        secrets().cookies.save(content.toString(), request, COOKIE, null, isSecure(request));
        return loggedIn(content, user);
    }

    /** That of the request, if it brings one that still holds; the answer renews it now and then. */
    Optional<LoggedIn> find(RoutingContext request) {
        if (request.request().getCookie(COOKIE) == null) {
            return Optional.empty();
        }
        RestoreResult cookie = secrets().cookies.restore(request, COOKIE);
        Optional<Content> content = cookie == null ? Optional.empty() : Content.of(cookie.getPrincipal());
        Optional<LoggedIn> session = content.filter(this::holds).flatMap(this::loggedIn);
        session.ifPresent(
                found -> secrets().cookies.save(content.get().toString(), request, COOKIE, cookie, isSecure(request)));
        return session;
    }

    /** The cookie of the request is good for nothing from now on, whoever has it. */
    void end(RoutingContext request) {
        RestoreResult cookie = secrets().cookies.restore(request, COOKIE);
        if (cookie != null) {
            Content.of(cookie.getPrincipal()).ifPresent(content -> {
                synchronized (ended) {
                    ended.put(content.id, true);
                }
            });
        }
        secrets().cookies.clear(request);
    }

    private boolean holds(Content content) {
        synchronized (ended) {
            return !ended.containsKey(content.id) && clock.millis() - content.begun < LONGEST.toMillis();
        }
    }

    private Optional<LoggedIn> loggedIn(Content content) {
        return users.get()
                .find(content.user)
                .filter(user -> seal(user).equals(content.userSeal))
                .map(user -> loggedIn(content, user));
    }

    private LoggedIn loggedIn(Content content, User user) {
        return new LoggedIn(user.name(), user.role(), secrets().seal.of("csrf", content.id));
    }

    private String seal(User user) {
        return secrets().seal.of("user", user.line());
    }

    private static boolean isSecure(RoutingContext request) {
        return "https".equals(request.request().scheme());
    }

    private synchronized Secrets secrets() {
        if (secrets == null) {
            String secret = key.get();
            secrets = new Secrets(
                    new PersistentLoginManager(
                            secret,
                            COOKIE,
                            IDLE.toMillis(),
                            RENEWED.toMillis(),
                            true,
                            "STRICT",
                            "/",
                            // until the browser is closed
                            -1,
                            null),
                    new Seal(secret.getBytes(StandardCharsets.UTF_8)));
        }
        return secrets;
    }
}

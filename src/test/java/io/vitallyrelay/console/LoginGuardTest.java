package io.vitallyrelay.console;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vitallyrelay.users.Logins;
import io.vitallyrelay.users.PasswordHash;
import io.vitallyrelay.users.Role;
import io.vitallyrelay.users.Throttle;
import io.vitallyrelay.users.User;
import io.vitallyrelay.users.UserFile;
import io.vitallyrelay.users.UsersNow;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Over real connections: the guards before a service that says who is there. */
class LoginGuardTest {
    private static final long PATIENCE_SECONDS = 30;
    private static final String KEY = "the key of the cookies of the test";
    private static final String PASSWORD = "secret of both";
    private static PasswordHash hash;

    @TempDir
    Path folder;

    private final Vertx vertx = Vertx.vertx();
    private final HttpClient http = HttpClient.newHttpClient();
    private Instant now = Instant.parse("2026-11-30T20:00:00Z");
    private UserFile file;
    private Logins logins;
    private Sessions sessions;
    private HttpServer server;

    @BeforeAll
    static void hashOnce() {
        hash = PasswordHash.of(PASSWORD.toCharArray());
    }

    @BeforeEach
    void annaIsAnOperatorAndBenAViewer() throws Exception {
        file = new UserFile(folder.resolve("users"));
        file.put(new User("anna", Role.OPERATOR, hash));
        file.put(new User("ben", Role.VIEWER, hash));
        UsersNow users = new UsersNow(file, line -> {});
        logins = new Logins(users, new Throttle(() -> 0), 1, line -> {});
        sessions = new Sessions(users, () -> now, () -> KEY);
        LoginGuard guard = new LoginGuard(users, logins, sessions, new ManagementPort("127.0.0.1", 0));

        Router router = Router.router(vertx);
        HttpGuard first = new HttpGuard(new RequestGuard("127.0.0.1", List.of()), new ManagementPort("127.0.0.1", 0));
        router.route().handler(first::check);
        router.route().handler(guard::check);
        router.route("/api/login").handler(this::login);
        router.route("/api/logout").handler(this::logout);
        router.route().handler(LoginGuardTest::sayWhoIsThere);
        serve(router);
    }

    /** As the audit would name them, whatever the request says. */
    private static void sayWhoIsThere(RoutingContext request) {
        String name = new Caller(new CurrentVertxRequest().setCurrent(request)).name("nobody");
        request.end(LoggedIn.of(request).map(user -> name + " " + user.csrf()).orElse(name));
    }

    private void serve(Router router) throws Exception {
        HttpServerOptions options = new HttpServerOptions().setHttp2ClearTextEnabled(false);
        server = vertx.createHttpServer(options).requestHandler(router);
        server.listen(0, "127.0.0.1").toCompletionStage().toCompletableFuture().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    /** As the resource does once the password is right. */
    private void login(RoutingContext request) {
        User user = new User(request.request().getParam("user"), Role.OPERATOR, hash);
        User known = user.name().equals("ben") ? new User("ben", Role.VIEWER, hash) : user;
        request.end(sessions.begin(known, request).csrf());
    }

    private void logout(RoutingContext request) {
        sessions.end(request);
        request.end();
    }

    @AfterEach
    void close() throws Exception {
        logins.close();
        vertx.close().toCompletionStage().toCompletableFuture().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    @AfterAll
    static void forget() {
        hash = null;
    }

    private record Session(String cookie, String token) {}

    private Session session(String user) throws Exception {
        HttpResponse<String> answer = send("POST", "/api/login?user=" + user);
        String cookie = answer.headers().firstValue("Set-Cookie").orElseThrow();
        return new Session(cookie.substring(0, cookie.indexOf(';')), answer.body());
    }

    private HttpResponse<String> send(String method, String path, String... headers) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + server.actualPort() + path))
                .method(method, BodyPublishers.noBody());
        if (headers.length > 0) {
            request.headers(headers);
        }
        return http.send(request.build(), BodyHandlers.ofString());
    }

    private static String basic(String user, String password) {
        return "Basic " + Base64.getEncoder().encodeToString((user + ":" + password).getBytes(UTF_8));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/ledger",
                "/api/me",
                "/api",
                "/q/metrics",
                "/q/openapi",
                "/q/healthy",
                "/in/accounts",
                "/other",
                "/page/../api/ledger",
                "/page/%2e%2e/api/ledger",
                "/q/health/../metrics",
                "//api/ledger",
                "/api/login/../ledger",
                "/API/ledger",
                "/api/login/"
            })
    void letsNobodyInWithoutALogin(String path) throws Exception {
        // When
        HttpResponse<String> answer = send("GET", path);

        // Then
        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.body()).contains("\"error\":\"log in first");
        assertThat(answer.headers().allValues("WWW-Authenticate")).containsExactly("Session");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/index.html", "/page/app.js", "/_static/axe.js", "/q/health", "/q/health/ready"})
    void showsTheFilesOfThePageAndTheHealthToEverybody(String path) throws Exception {
        assertThat(send("GET", path).body()).isEqualTo("nobody");
    }

    @Test
    void letsEverybodyInWhereThereAreNoUsers(@TempDir Path empty) throws Exception {
        // Given
        UsersNow none = new UsersNow(new UserFile(empty.resolve("users")), line -> {});
        LoginGuard guard = new LoginGuard(none, logins, sessions, new ManagementPort("127.0.0.1", 0));
        Router router = Router.router(vertx);
        router.route().handler(guard::check);
        router.route().handler(request -> request.end("nobody"));
        serve(router);

        // Then
        assertThat(send("POST", "/api/lanes/hold").body()).isEqualTo("nobody");
    }

    @ParameterizedTest
    @CsvSource({
        "GET, anna, 200",
        "POST, anna, 200",
        "DELETE, anna, 200",
        "GET, ben, 200",
        "POST, ben, 403",
        "PUT, ben, 403"
    })
    void letsAProgramDoWhatItsUserMay(String method, String user, int status) throws Exception {
        // When
        HttpResponse<String> answer = send(method, "/api/anything", "Authorization", basic(user, PASSWORD));

        // Then
        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(answer.body()).contains(status == 200 ? user + " null" : "ben is a viewer");
    }

    @Test
    void doesNotDeriveAPasswordEachTime() throws Exception {
        // Given
        send("GET", "/api/ledger", "Authorization", basic("anna", PASSWORD));

        // When
        long begun = System.nanoTime();
        for (int i = 0; i < 50; i++) {
            assertThat(send("GET", "/api/ledger", "Authorization", basic("anna", PASSWORD))
                            .statusCode())
                    .isEqualTo(200);
        }

        // Then: one derivation takes more than a twentieth of a second on any machine
        assertThat(System.nanoTime() - begun).isLessThan(TimeUnit.MILLISECONDS.toNanos(50 * 50));
    }

    @ParameterizedTest
    @CsvSource({"anna, wrong", "carl, secret of both", "'', ''"})
    void refusesAProgramWithAnotherPassword(String user, String password) throws Exception {
        // When
        HttpResponse<String> answer = send("GET", "/api/ledger", "Authorization", basic(user, password));

        // Then
        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.body()).doesNotContain("secret");
    }

    @Test
    void saysToAProgramHowLongToWait() throws Exception {
        // Given
        for (int i = 0; i < 5; i++) {
            send("GET", "/api/ledger", "Authorization", basic("anna", "guess " + i));
        }

        // When
        HttpResponse<String> answer = send("GET", "/api/ledger", "Authorization", basic("anna", "guess"));

        // Then
        assertThat(answer.statusCode()).isEqualTo(429);
        assertThat(answer.headers().firstValue("Retry-After")).contains("2");
    }

    @Test
    void letsAPageReadWithItsCookieAlone() throws Exception {
        // Given
        Session anna = session("anna");

        // Then
        assertThat(send("GET", "/api/ledger", "Cookie", anna.cookie).body()).isEqualTo("anna " + anna.token);
    }

    @Test
    void letsAPageChangeSomethingWithItsToken() throws Exception {
        // Given
        Session anna = session("anna");

        // When
        HttpResponse<String> answer =
                send("POST", "/api/lanes/hold", "Cookie", anna.cookie, "X-CSRF-Token", anna.token);

        // Then
        assertThat(answer.statusCode()).isEqualTo(200);
    }

    @Test
    void refusesAChangeWithoutToken() throws Exception {
        // Given
        Session anna = session("anna");

        // When
        HttpResponse<String> answer = send("POST", "/api/lanes/hold", "Cookie", anna.cookie);

        // Then
        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(answer.body()).contains("X-CSRF-Token");
    }

    @Test
    void refusesAChangeWithTheTokenOfAnotherSession() throws Exception {
        // Given
        Session anna = session("anna");
        Session other = session("anna");

        // When
        HttpResponse<String> answer =
                send("POST", "/api/lanes/hold", "Cookie", anna.cookie, "X-CSRF-Token", other.token);

        // Then
        assertThat(answer.statusCode()).isEqualTo(403);
    }

    @Test
    void refusesAChangeOfAViewersPage() throws Exception {
        // Given
        Session ben = session("ben");

        // When
        HttpResponse<String> answer =
                send("POST", "/api/dead-letters/replay", "Cookie", ben.cookie, "X-CSRF-Token", ben.token);

        // Then
        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(answer.body()).contains("ben is a viewer");
    }

    @Test
    void keepsTheCookieFromScriptsAndOtherSites() throws Exception {
        // When
        String cookie = send("POST", "/api/login?user=anna")
                .headers()
                .firstValue("Set-Cookie")
                .orElseThrow();

        // Then
        assertThat(cookie)
                .contains("HTTPOnly", "SameSite=Strict", "Path=/")
                .doesNotContain("Secure", "anna", "Max-Age", "Domain");
    }

    @Test
    void endsASessionForWhoeverHasItsCookie() throws Exception {
        // Given
        Session ben = session("ben");

        // When
        HttpResponse<String> logout = send("POST", "/api/logout", "Cookie", ben.cookie, "X-CSRF-Token", ben.token);

        // Then
        assertThat(logout.statusCode()).isEqualTo(200);
        assertThat(send("GET", "/api/me", "Cookie", ben.cookie).statusCode()).isEqualTo(401);
    }

    @Test
    void endsTheSessionOfAUserWhoIsRemoved() throws Exception {
        // Given
        Session anna = session("anna");

        // When
        file.remove("anna");

        // Then
        assertThat(send("GET", "/api/me", "Cookie", anna.cookie).statusCode()).isEqualTo(401);
    }

    @Test
    void endsTheSessionOfAUserWhoHasAnotherRole() throws Exception {
        // Given
        Session anna = session("anna");

        // When
        file.put(new User("anna", Role.VIEWER, hash));

        // Then
        assertThat(send("GET", "/api/me", "Cookie", anna.cookie).statusCode()).isEqualTo(401);
    }

    @Test
    void endsASessionTwelveHoursAfterItBegan() throws Exception {
        // Given
        Session anna = session("anna");

        // When
        now = now.plusSeconds(12 * 3600);

        // Then
        assertThat(send("GET", "/api/me", "Cookie", anna.cookie).statusCode()).isEqualTo(401);
    }

    @Test
    void knowsASessionAfterARestart() throws Exception {
        // Given
        Session anna = session("anna");

        // When
        UsersNow users = new UsersNow(file, line -> {});
        LoginGuard restarted = new LoginGuard(
                users, logins, new Sessions(users, () -> now, () -> KEY), new ManagementPort("127.0.0.1", 0));
        Router router = Router.router(vertx);
        router.route().handler(restarted::check);
        router.route()
                .handler(request ->
                        request.end(LoggedIn.of(request).orElseThrow().csrf()));
        serve(router);

        // Then
        assertThat(send("GET", "/api/me", "Cookie", anna.cookie).body()).isEqualTo(anna.token);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "AAAA", "anna", "DAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"})
    void takesNoCookieThatItDidNotMake(String cookie) throws Exception {
        assertThat(send("GET", "/api/me", "Cookie", "relay-session=" + cookie).statusCode())
                .isEqualTo(401);
    }

    @Test
    void tellsBrowsersToTrustNothingElse() throws Exception {
        // When
        HttpResponse<String> answer = send("GET", "/api/ledger");

        // Then
        assertThat(answer.headers().firstValue("Content-Security-Policy").orElseThrow())
                .contains("default-src 'none'", "frame-ancestors 'none'", "base-uri 'none'")
                .doesNotContain("unsafe", "*");
        assertThat(answer.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
        assertThat(answer.headers().firstValue("X-Frame-Options")).contains("DENY");
        assertThat(answer.headers().firstValue("Referrer-Policy")).contains("no-referrer");
        assertThat(answer.headers().firstValue("Cache-Control")).contains("no-store");
        assertThat(answer.headers().firstValue("Cross-Origin-Resource-Policy")).contains("same-origin");
        assertThat(answer.headers().firstValue("Cross-Origin-Opener-Policy")).contains("same-origin");
    }
}

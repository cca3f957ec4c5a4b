package io.vitallyrelay.process;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vitallyrelay.FreePort;
import io.vitallyrelay.users.PasswordHash;
import io.vitallyrelay.users.Role;
import io.vitallyrelay.users.User;
import io.vitallyrelay.users.UserFile;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The service that listens at all addresses, with an operator, anna, and a viewer, ben. */
@TestMethodOrder(MethodOrderer.Random.class)
class SecureIT {
    private static final URI NOBODY = URI.create("http://127.0.0.1:9/analytics/v1/batch");
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final String SECRET = "the password of the tests & more";
    private static final String TYPED_SECRET = "a wrong password that nobody may see";

    @TempDir
    private static Path folder;

    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static PasswordHash hash;
    private static int management;
    private static RelayProcess relay;

    @BeforeAll
    static void annaAndBen() throws Exception {
        hash = PasswordHash.of(SECRET.toCharArray());
        management = FreePort.find();
        relay = service(folder).with("RELAY_HTTP_MANAGEMENT_PORT", Integer.toString(management));
        users(relay).put(new User("anna", Role.OPERATOR, hash));
        users(relay).put(new User("ben", Role.VIEWER, hash));
        relay.launch().awaitAddress();
        await("the service is ready")
                .atMost(Duration.ofSeconds(60))
                .until(() -> send("GET", "/q/health/ready").statusCode() == 200);
    }

    @AfterAll
    static void end() throws Exception {
        if (relay != null) {
            relay.close();
        }
    }

    private static RelayProcess service(Path folder) {
        return RelayProcess.in(folder).postingTo(NOBODY).with("QUARKUS_HTTP_HOST", "0.0.0.0");
    }

    private static UserFile users(RelayProcess relay) {
        return new UserFile(relay.data().resolve("users"));
    }

    private static HttpResponse<String> send(String method, String path, String... headers) throws Exception {
        return send(method, path, "", headers);
    }

    private static HttpResponse<String> send(String method, String path, String body, String[] headers)
            throws Exception {
        return sendTo(relay.address().getPort(), method, path, body, headers);
    }

    private static HttpResponse<String> sendTo(int port, String method, String path, String body, String... headers)
            throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .timeout(SOON)
                .method(method, BodyPublishers.ofString(body));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return HTTP.send(request.build(), BodyHandlers.ofString());
    }

    private static String basic(String user, String password) {
        return "Basic " + Base64.getEncoder().encodeToString((user + ":" + password).getBytes(UTF_8));
    }

    private record Session(String cookie, String token) {}

    private static HttpResponse<String> login(String user, String password) throws Exception {
        return send(
                "POST", "/api/login", "user=" + user + "&password=" + URLEncoder.encode(password, UTF_8), new String[] {
                    "Content-Type", "application/x-www-form-urlencoded"
                });
    }

    private static Session session(String user) throws Exception {
        HttpResponse<String> answer = login(user, SECRET);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        String cookie = answer.headers().firstValue("Set-Cookie").orElseThrow();
        return new Session(
                cookie.substring(0, cookie.indexOf(';')),
                json(answer).path("csrf").textValue());
    }

    private static JsonNode json(HttpResponse<String> answer) throws IOException {
        return new ObjectMapper().readTree(answer.body());
    }

    @Test
    void anAddressForOthersIsNotOpenedWithoutUsers(@TempDir Path own) throws Exception {
        // Given
        try (RelayProcess open = service(own)) {

            // When
            open.launch();

            // Then
            assertThat(open.awaitExit(SOON)).isEqualTo(1);
            assertThat(open.output())
                    .contains("quarkus.http.host=0.0.0.0", "relay user add NAME --role operator", "127.0.0.1")
                    .doesNotContain("Exception", "Listening on");
        }
    }

    @Test
    void aBrokenFileOfUsersIsSaidAtTheStart(@TempDir Path own) throws Exception {
        // Given
        try (RelayProcess broken = service(own).with("QUARKUS_HTTP_HOST", null)) {
            users(broken).put(new User("anna", Role.OPERATOR, hash));
            Path file = users(broken).path();
            Files.writeString(file, Files.readString(file) + "ben admin x\n");

            // When
            broken.launch();

            // Then
            assertThat(broken.awaitExit(SOON)).isEqualTo(1);
            assertThat(broken.output())
                    .contains(file + ", line 3: the role must be viewer or operator")
                    .doesNotContain("Exception");
        }
    }

    @Test
    void aFileOfUsersThatOthersMayReadIsSaidAtTheStart(@TempDir Path own) throws Exception {
        // Given
        try (RelayProcess open = service(own)) {
            users(open).put(new User("anna", Role.OPERATOR, hash));
            Files.setPosixFilePermissions(users(open).path(), PosixFilePermissions.fromString("rw-r--r--"));

            // When
            open.launch();

            // Then
            assertThat(open.awaitExit(SOON)).isEqualTo(1);
            assertThat(open.output()).contains("chmod 600 " + users(open).path());
        }
    }

    @Test
    void aManagementPortThatIsTakenIsSaidAtTheStart(@TempDir Path own) throws Exception {
        // Given
        try (RelayProcess second = service(own)
                .with("QUARKUS_HTTP_HOST", null)
                .with("RELAY_HTTP_MANAGEMENT_PORT", Integer.toString(management))) {

            // When
            second.launch();

            // Then
            assertThat(second.awaitExit(SOON)).isEqualTo(1);
            assertThat(second.output())
                    .contains("relay.http.management-port=" + management, "is in use")
                    .doesNotContain("quarkus.http.port,");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/ledger",
                "/api/dead-letters",
                "/api/dead-letters/export",
                "/api/audit",
                "/api/me",
                "/q/openapi",
                "/page/../api/ledger",
                "//api/ledger",
                "/%61pi/ledger",
                "/api/ledger/",
                "/api/login/../ledger"
            })
    void nothingIsReadWithoutALogin(String path) throws Exception {
        // When
        HttpResponse<String> answer = send("GET", path);

        // Then
        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(json(answer).path("error").textValue()).contains("log in");
        assertThat(answer.headers().firstValue("WWW-Authenticate").orElse("")).doesNotContainIgnoringCase("basic");
    }

    @ParameterizedTest
    @CsvSource({"/, 200", "/q/health/live, 200", "/q/health/ready, 200"})
    void pageAndHealthAreOpen(String path, int status) throws Exception {
        assertThat(send("GET", path).statusCode()).isEqualTo(status);
    }

    @Test
    void aViewerReads() throws Exception {
        // When
        HttpResponse<String> answer = send("GET", "/api/ledger", "Authorization", basic("ben", SECRET));

        // Then
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(json(answer).has("read")).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/dead-letters/replay",
                "/api/dead-letters/discard",
                "/api/lanes/hold",
                "/api/lanes/release",
                "/api/jobs/1/cancel",
                "/api/tables/accounts-sql/reset"
            })
    void aViewerChangesNothing(String path) throws Exception {
        // When
        HttpResponse<String> answer = send("POST", path, "Authorization", basic("ben", SECRET));

        // Then
        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(json(answer).path("error").textValue()).contains("ben is a viewer");
    }

    @Test
    void anOperatorReplaysAndTheAuditHasTheirName() throws Exception {
        // When
        HttpResponse<String> answer =
                send("POST", "/api/dead-letters/replay", "{\"ids\":[\"4711\"],\"by\":\"somebody else\"}", new String[] {
                    "Authorization", basic("anna", SECRET)
                });

        // Then
        assertThat(answer.statusCode()).isEqualTo(202);
        JsonNode audit = json(send("GET", "/api/audit", "Authorization", basic("ben", SECRET)));
        assertThat(audit.path("entries"))
                .anySatisfy(entry -> {
                    assertThat(entry.path("deed").textValue()).isEqualTo("replay");
                    assertThat(entry.path("by").textValue()).isEqualTo("anna");
                })
                .noneSatisfy(entry -> assertThat(entry.path("by").textValue()).isEqualTo("somebody else"));
    }

    @Test
    void aPageChangesSomethingWithItsTokenAlone() throws Exception {
        // Given
        Session anna = session("anna");

        // When
        HttpResponse<String> without = send("POST", "/api/lanes/release", "Cookie", anna.cookie);
        HttpResponse<String> with =
                send("POST", "/api/lanes/release", "Cookie", anna.cookie, "X-CSRF-Token", anna.token);

        // Then
        assertThat(without.statusCode()).isEqualTo(403);
        assertThat(with.statusCode()).isEqualTo(200);
    }

    @Test
    void aPageKnowsWhoIsLoggedIn() throws Exception {
        // Given
        Session ben = session("ben");

        // When
        JsonNode me = json(send("GET", "/api/me", "Cookie", ben.cookie));

        // Then
        assertThat(me.path("user").textValue()).isEqualTo("ben");
        assertThat(me.path("role").textValue()).isEqualTo("viewer");
        assertThat(me.path("login").booleanValue()).isTrue();
        assertThat(me.path("csrf").textValue()).isEqualTo(ben.token);
    }

    @Test
    void aLogoutEndsTheSession() throws Exception {
        // Given
        Session ben = session("ben");

        // When
        HttpResponse<String> logout = send("POST", "/api/logout", "Cookie", ben.cookie, "X-CSRF-Token", ben.token);

        // Then
        assertThat(logout.statusCode()).isEqualTo(204);
        assertThat(send("GET", "/api/me", "Cookie", ben.cookie).statusCode()).isEqualTo(401);
    }

    @Test
    void aUserWhoIsRemovedIsOutAtOnce() throws Exception {
        // Given
        users(relay).put(new User("carl", Role.OPERATOR, hash));
        Session carl = session("carl");
        String program = basic("carl", SECRET);
        assertThat(send("GET", "/api/me", "Authorization", program).statusCode())
                .isEqualTo(200);

        // When
        users(relay).remove("carl");

        // Then
        assertThat(send("GET", "/api/me", "Cookie", carl.cookie).statusCode()).isEqualTo(401);
        assertThat(send("GET", "/api/me", "Authorization", program).statusCode())
                .isEqualTo(401);
    }

    @ParameterizedTest
    @CsvSource({
        "POST, 'Host: localhost\r\nOrigin: http://evil.example', 403",
        "GET, 'Host: localhost\r\nOrigin: http://evil.example', 403",
        "GET, Host: evil.example, 403",
        "GET, Host: localhost, 200",
    })
    void nobodyElsesPageGetsIn(String method, String headers, int status) throws Exception {
        // When
        String answer = raw(
                method + " " + (method.equals("GET") ? "/api/ledger" : "/api/lanes/release") + " HTTP/1.1\r\n" + headers
                        + "\r\nAuthorization: " + basic("anna", SECRET)
                        + "\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");

        // Then
        assertThat(answer).startsWith("HTTP/1.1 " + status + " ");
    }

    @Test
    void probesAskByAnyName() throws Exception {
        assertThat(raw("GET /q/health/live HTTP/1.1\r\nHost: 10.1.2.3:8080\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 200 ");
    }

    private static String raw(String request) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", relay.address().getPort())) {
            socket.setSoTimeout((int) SOON.toMillis());
            socket.getOutputStream().write(request.getBytes(UTF_8));
            return new String(socket.getInputStream().readAllBytes(), UTF_8);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/api/ledger", "/q/health", "/nothing"})
    void everyAnswerTellsBrowsersToTrustNothingElse(String path) throws Exception {
        // When
        HttpResponse<String> answer = send("GET", path);

        // Then
        assertThat(answer.headers().firstValue("Content-Security-Policy").orElseThrow())
                .contains("default-src 'none'", "frame-ancestors 'none'")
                .doesNotContain("unsafe");
        assertThat(answer.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
        assertThat(answer.headers().firstValue("X-Frame-Options")).contains("DENY");
    }

    @Test
    void whoTriesPasswordsHasToWait() throws Exception {
        // When
        List<Integer> statuses = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            statuses.add(login("guessed", TYPED_SECRET + i).statusCode());
        }

        // Then: one that waits is not checked, so that they come at once
        assertThat(statuses).contains(401, 429);
    }

    @Test
    void thePasswordIsNowhere() throws Exception {
        // Given
        HttpResponse<String> wrong = login("ben", TYPED_SECRET);
        HttpResponse<String> inTheWrongField = login(TYPED_SECRET.replace(' ', '_'), "x");
        session("ben");

        // When
        List<String> seen = new ArrayList<>(List.of(relay.output(), wrong.body(), inTheWrongField.body()));
        seen.add(sendTo(management, "GET", "/q/metrics", "").body());
        try (Stream<Path> files = Files.walk(relay.data())) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                seen.add(new String(Files.readAllBytes(file), UTF_8));
            }
        }

        // Then
        assertThat(seen)
                .allSatisfy(text -> assertThat(text)
                        .doesNotContain(SECRET, TYPED_SECRET, TYPED_SECRET.replace(' ', '_'), basic("anna", SECRET)));
        assertThat(relay.output()).contains("a login of an unknown user from ");
    }

    @ParameterizedTest
    @CsvSource({
        "/q/health/live, 200",
        "/q/health, 200",
        "/q/metrics, 200",
        "/api/ledger, 404",
        "/, 404",
        "/q/health/../../api/ledger, 404",
        "/q/openapi, 404",
    })
    void theManagementPortHasHealthAndMetricsAlone(String path, int status) throws Exception {
        assertThat(sendTo(management, "GET", path, "").statusCode()).isEqualTo(status);
    }

    @Test
    void metricsAreThereAlone() throws Exception {
        // When
        HttpResponse<String> answer = send("GET", "/q/metrics", "Authorization", basic("anna", SECRET));

        // Then
        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(answer.body()).contains("relay.http.management-port");
    }

    @Test
    void theInterfaceIsDescribed() throws Exception {
        // When
        JsonNode api = json(send("GET", "/q/openapi?format=json", "Authorization", basic("ben", SECRET)));

        // Then
        assertThat(api.path("info").path("title").textValue()).isEqualTo("Vitally Relay");
        JsonNode replay = api.path("paths").path("/api/dead-letters/replay").path("post");
        assertThat(replay.path("summary").textValue()).isEqualTo("Take dead letters again");
        assertThat(replay.path("responses").has("403")).isTrue();
    }

    @Test
    void aSessionOutlivesARestart(@TempDir Path own) throws Exception {
        // Given
        try (RelayProcess restarted = service(own).with("QUARKUS_HTTP_HOST", null)) {
            users(restarted).put(new User("anna", Role.OPERATOR, hash));
            restarted.start();
            HttpResponse<String> answer = sendTo(
                    restarted.address().getPort(),
                    "POST",
                    "/api/login",
                    "user=anna&password=" + URLEncoder.encode(SECRET, UTF_8),
                    "Content-Type",
                    "application/x-www-form-urlencoded");
            String cookie = answer.headers().firstValue("Set-Cookie").orElseThrow();

            // When
            restarted.stop();
            restarted.start();

            // Then
            assertThat(sendTo(
                                    restarted.address().getPort(),
                                    "GET",
                                    "/api/me",
                                    "",
                                    "Cookie",
                                    cookie.substring(0, cookie.indexOf(';')))
                            .statusCode())
                    .isEqualTo(200);
        }
    }
}

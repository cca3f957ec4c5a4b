package io.vitallyrelay.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vitallyrelay.process.RelayProcess.Sums;
import io.vitallyrelay.sandbox.RefusesMessagesThat;
import io.vitallyrelay.sandbox.Sandbox;
import io.vitallyrelay.sandbox.SandboxSettings;
import java.io.IOException;
import java.net.ConnectException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What operators and monitoring ask, after five messages were delivered and three became dead letters. */
class HttpInterfaceIT {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int IDLE_MILLIS = 3000;
    private static final int CONNECTIONS = 20;
    private static final String PEOPLE = """
            {"type":"user","userId":"u1","accountId":"a","traits":{}}
            {"type":"user","userId":"u2","accountId":"a","traits":{}}
            {"type":"alien","userId":"u3","accountId":"a","traits":{}}
            {"type":"user","userId":"u4","accountId":"a","traits":{}}
            {"type":"user","userId":
            {"type":"user","userId":"u6","accountId":"a","traits":{}}
            {"type":"user","userId":"refused","accountId":"a","traits":{}}
            {"type":"user","userId":"u8","accountId":"a","traits":{}}
            """;

    @TempDir
    private static Path folder;

    private static Sandbox sandbox;
    private static RelayProcess relay;

    @BeforeAll
    static void fiveDeliveredAndThreeDead() throws Exception {
        sandbox = sandbox();
        relay = relayPostingTo(sandbox, folder).start();
        relay.drop("messages", "people.jsonl", PEOPLE);
        relay.awaitSettled(5, 3);
    }

    @AfterAll
    static void end() throws Exception {
        if (relay != null) {
            relay.close();
        }
        sandbox.close();
    }

    private static Sandbox sandbox() throws IOException {
        return Sandbox.start(SandboxSettings.forToken(RelayProcess.TOKEN)
                .withBehaviours(new RefusesMessagesThat(
                        message -> message.path("userId").asText().equals("refused"))));
    }

    private static RelayProcess relayPostingTo(Sandbox sandbox, Path folder) {
        return RelayProcess.in(folder)
                .postingTo(sandbox.url())
                .with("VITALLY_BATCH_WINDOW", "100ms")
                .with("QUARKUS_HTTP_IDLE_TIMEOUT", IDLE_MILLIS + "ms")
                .with("QUARKUS_HTTP_LIMITS_MAX_CONNECTIONS", Integer.toString(CONNECTIONS));
    }

    @Test
    void theLedgerNamesTheUnit() throws Exception {
        // When
        JsonNode ledger = relay.ledger();

        // Then
        assertThat(ledger.path("held").isBoolean()).isTrue();
        assertThat(ledger.path("units")).singleElement().satisfies(unit -> {
            assertThat(unit.path("integration").textValue()).isEqualTo("messages");
            assertThat(unit.path("unit").textValue()).startsWith("people.jsonl#");
            assertThat(unit.path("read").intValue()).isEqualTo(8);
            assertThat(unit.path("delivered").intValue()).isEqualTo(5);
            assertThat(unit.path("dead").intValue()).isEqualTo(3);
            assertThat(unit.path("pending").intValue()).isZero();
        });
    }

    @ParameterizedTest
    @CsvSource({
        "integration=messages, 8, 1",
        "integration=others, 0, 0",
        "state=reading, 8, 0",
        "state=settled, 8, 1",
        "state=dead&integration=messages, 8, 1",
        "state=pending, 8, 0",
        "limit=0, 8, 0",
    })
    void theLedgerIsFiltered(String filter, int read, int units) throws Exception {
        // When
        JsonNode ledger = relay.json("/api/ledger?" + filter);

        // Then
        assertThat(ledger.path("read").intValue()).isEqualTo(read);
        assertThat(ledger.path("units")).hasSize(units);
    }

    @Test
    void theLedgerGoesOnWhereAPageEnded() throws Exception {
        // When
        JsonNode first = relay.json("/api/ledger?limit=0");
        JsonNode second =
                relay.json("/api/ledger?limit=1&after=" + first.path("next").textValue());

        // Then
        assertThat(second.path("units")).hasSize(1);
        assertThat(second.has("next")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"limit=10001", "limit=x", "state=lost", "after=%21"})
    void theLedgerRefusesWhatMakesNoSense(String query) throws Exception {
        // When
        var answer = relay.get("/api/ledger?" + query);

        // Then
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains(query.substring(0, query.indexOf('=') + 1));
    }

    @Test
    void deadLettersShowRecordOrMessageOrWhatIsNeither() throws Exception {
        // When
        JsonNode letters = relay.deadLetters();

        // Then
        assertThat(letters)
                .extracting(letter -> letter.path("origin").path("position").textValue())
                .containsExactlyInAnyOrder("line 3", "line 5", "line 7");
        assertThat(letters).allSatisfy(letter -> {
            String code = letter.path("code").textValue();
            assertThat(letter.path("record").isObject()).isEqualTo(code.equals("contract"));
            assertThat(letter.path("raw").isTextual()).isEqualTo(code.equals("malformed"));
            assertThat(letter.path("message").isObject()).isEqualTo(code.equals("refused"));
            assertThat(letter.has("messageId")).isEqualTo(code.equals("refused"));
            assertThat(letter.has("firstSent")).isEqualTo(code.equals("refused"));
            assertThat(Instant.parse(letter.path("at").textValue())).isBefore(Instant.now());
        });
    }

    @ParameterizedTest
    @CsvSource({
        "integration=messages, 3",
        "integration=others, 0",
        "reason=JSON, 1",
        "reason=400, 1",
        "code=refused, 1",
        "code=malformed, 1",
        "code=expired, 0",
        "until=2020-01-01T00:00:00Z, 0",
        "since=2020-01-01T00:00:00Z, 3",
        "since=2999-01-01T00:00:00Z, 0",
        "integration=messages&reason=JSON, 1",
    })
    void deadLettersAreFiltered(String filter, int expected) throws Exception {
        // When
        JsonNode page = relay.json("/api/dead-letters?" + filter);

        // Then
        assertThat(page.path("total").intValue()).isEqualTo(expected);
        assertThat(page.path("letters")).hasSize(expected);
    }

    @Test
    void deadLettersComeInPages() throws Exception {
        // When
        JsonNode first = relay.json("/api/dead-letters?limit=2");
        String last = first.path("letters").path(1).path("id").textValue();
        JsonNode second = relay.json("/api/dead-letters?limit=2&after=" + last);

        // Then
        assertThat(first.path("total").intValue()).isEqualTo(3);
        assertThat(first.path("letters")).hasSize(2);
        assertThat(second.path("letters"))
                .singleElement()
                .isNotIn(first.path("letters").path(0), first.path("letters").path(1));
    }

    @Test
    void aDeadLetterIsFoundByItsId() throws Exception {
        // Given
        JsonNode letter = relay.deadLetters().path(1);

        // When
        JsonNode found = relay.json("/api/dead-letters/" + letter.path("id").textValue());

        // Then
        assertThat(found).isEqualTo(letter);
    }

    @ParameterizedTest
    @CsvSource({
        "format=jsonl, 3, application/x-ndjson, jsonl",
        "format=jsonl&code=refused, 1, application/x-ndjson, jsonl",
        "format=csv, 4, text/csv;charset=UTF-8, csv",
        "format=csv&code=refused, 2, text/csv;charset=UTF-8, csv",
    })
    void deadLettersAreExported(String query, int lines, String type, String ending) throws Exception {
        // When
        HttpResponse<String> response = relay.get("/api/dead-letters/export?" + query);

        // Then
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body().lines()).hasSize(lines);
        assertThat(response.headers().firstValue("Content-Type").orElseThrow().replace("\"", ""))
                .isEqualTo(type);
        assertThat(response.headers().firstValue("Content-Disposition").orElseThrow())
                .startsWith("attachment; filename=\"dead-letters-2")
                .endsWith("." + ending + "\"");
    }

    @Test
    void anExportSaysTheSameAsThePage() throws Exception {
        // When
        List<String> lines =
                relay.get("/api/dead-letters/export").body().lines().toList();

        // Then
        ObjectMapper json = new ObjectMapper();
        List<JsonNode> exported = new ArrayList<>();
        for (String line : lines) {
            exported.add(json.readTree(line));
        }
        assertThat(exported).containsExactlyElementsOf(relay.deadLetters());
    }

    @ParameterizedTest
    @CsvSource({
        "/api/dead-letters/999999, 404, 999999",
        "/api/dead-letters/seven, 400, seven",
        "/api/dead-letters?limit=many, 400, limit",
        "/api/dead-letters?limit=1001, 400, limit",
        "/api/dead-letters?after=x, 400, after",
        "/api/dead-letters?since=yesterday, 400, since",
        "/api/dead-letters?until=tomorrow, 400, until",
        "/api/dead-letters?code=wrong, 400, too-large",
        "/api/dead-letters/export?format=xml, 400, csv",
        "/api/dead-letters/export?since=yesterday, 400, since",
    })
    void whatCannotBeAnsweredIsSaidInJson(String path, int status, String named) throws Exception {
        // When
        HttpResponse<String> response = relay.get(path);

        // Then
        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(new ObjectMapper().readTree(response.body()).path("error").textValue())
                .contains(named);
    }

    @Test
    void healthNamesTheSpool() throws Exception {
        // When
        JsonNode health = relay.json("/q/health");

        // Then
        assertThat(health.path("status").textValue()).isEqualTo("UP");
        assertThat(health.path("checks"))
                .extracting(check -> check.path("name").textValue())
                .contains("spool");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "relay_records_read_total{integration=\"messages\"} 8.0",
                "relay_messages_delivered_total{integration=\"messages\"} 5.0",
                "relay_messages_dead_total{integration=\"messages\"} 3.0",
                "relay_messages_pending 0.0",
                "relay_spool_bytes 0.0",
                "relay_spool_limit_bytes 1.073741824E9",
                "relay_dead_letters_limit_bytes 1.073741824E9",
                "relay_lanes_held 0.0",
                "relay_batches_total{verdict=\"rejected\"} 1.0",
            })
    void metricsCarry(String line) {
        // the counts of messages are as old as a second
        await().atMost(PATIENCE)
                .untilAsserted(
                        () -> assertThat(relay.get("/q/metrics").body().lines()).contains(line));
    }

    @Test
    void metricsCountAndTimeEachAnswer() throws Exception {
        // When
        String metrics = relay.get("/q/metrics").body();

        // Then
        long answers = sandbox.counts().requestsByStatus().values().stream()
                .mapToLong(Long::longValue)
                .sum();
        assertThat(metrics.lines()).contains("relay_post_seconds_count " + (double) answers);
        assertThat(sum(metrics, "relay_batches_total")).isEqualTo(answers);
    }

    private static double sum(String metrics, String name) {
        return metrics.lines()
                .filter(line -> line.startsWith(name + "{"))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
                .sum();
    }

    @ParameterizedTest
    @CsvSource({
        "POST, Host: evil.example, 403",
        "POST, Host: localhost, 200",
        "POST, 'Host: localhost\r\nOrigin: http://evil.example', 403",
        "POST, 'Host: localhost\r\nOrigin: http://localhost', 200",
        "GET, Host: localhost, 200",
        "GET, Host: evil.example, 403",
        "GET, 'Host: localhost\r\nOrigin: http://evil.example', 403",
    })
    void requestsAreTakenUnderTheNamesOfThisMachineAlone(String method, String headers, int status) throws Exception {
        // Given
        String path = method.equals("GET") ? "/api/ledger" : "/api/lanes/release";

        // When
        String answer = rawAnswer(
                method + " " + path + " HTTP/1.1\r\n" + headers + "\r\nConnection: close\r\nContent-Length: 0\r\n\r\n");

        // Then
        assertThat(answer).startsWith("HTTP/1.1 " + status + " ");
        assertThat(answer.contains("relay.http.hosts")).isEqualTo(status == 403);
    }

    private static String rawAnswer(String request) throws IOException {
        try (Socket socket = connect()) {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "POST /api/lanes/hold HTTP/1.1\r\nHost: localhost\r\nX-A: "})
    void aConnectionThatBringsNoWholeHeadIsClosed(String head) throws Exception {
        // Given
        try (Socket socket = connect()) {
            socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));

            // When
            byte[] answer = socket.getInputStream().readAllBytes();

            // Then
            assertThat(answer).isEmpty();
        }
    }

    @Test
    void manyConnectionsThatSendNothingLeaveRoomForOthersSoon() throws Exception {
        // Given
        List<Socket> silent = new ArrayList<>();
        try {
            for (int i = 0; i < 3 * CONNECTIONS; i++) {
                silent.add(connect());
            }

            // When
            List<Socket> closed = silent.subList(2 * CONNECTIONS, 3 * CONNECTIONS);

            // Then: long before the time-out of those that were there first
            for (Socket socket : closed) {
                socket.setSoTimeout(IDLE_MILLIS / 2);
                assertThat(socket.getInputStream().read()).isEqualTo(-1);
            }
            await().atMost(PATIENCE)
                    .ignoreExceptions()
                    .until(() -> relay.get("/api/ledger").statusCode() == 200);
        } finally {
            for (Socket socket : silent) {
                socket.close();
            }
        }
    }

    private static Socket connect() throws IOException {
        Socket socket = new Socket(relay.address().getHost(), relay.address().getPort());
        socket.setSoTimeout((int) PATIENCE.toMillis());
        return socket;
    }

    @Test
    void onlyThisMachineIsAnswered() throws Exception {
        // Given
        Optional<InetAddress> other = addressForOthers();
        assumeTrue(other.isPresent(), "this machine has no address but loopback");

        // Then
        assertThat(relay.address().getHost()).isEqualTo("127.0.0.1");
        try (Socket socket = new Socket()) {
            assertThatThrownBy(() -> socket.connect(
                            new InetSocketAddress(other.get(), relay.address().getPort()), 10_000))
                    .isInstanceOf(ConnectException.class);
        }
    }

    private static Optional<InetAddress> addressForOthers() throws IOException {
        return NetworkInterface.networkInterfaces()
                .flatMap(NetworkInterface::inetAddresses)
                .filter(address -> address instanceof Inet4Address && !address.isLoopbackAddress())
                .findFirst();
    }

    @Test
    void countsSurviveARestart(@TempDir Path ownFolder) throws Exception {
        // Given
        try (Sandbox ownSandbox = sandbox();
                RelayProcess restarted = relayPostingTo(ownSandbox, ownFolder).start()) {
            restarted.drop("messages", "people.jsonl", PEOPLE);
            restarted.awaitSettled(5, 3);

            // When
            restarted.stop();
            restarted.start();

            // Then
            assertThat(restarted.sums()).isEqualTo(new Sums(8, 5, 3, 0));
            await().atMost(PATIENCE)
                    .untilAsserted(
                            () -> assertThat(restarted.get("/q/metrics").body().lines())
                                    .contains("relay_messages_delivered_total{integration=\"messages\"} 5.0"));
        }
    }
}

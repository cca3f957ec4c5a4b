package io.vitallyrelay.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.sun.net.httpserver.HttpServer;
import io.vitallyrelay.delivery.Hold;
import io.vitallyrelay.ledger.LedgerView;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import picocli.CommandLine;

@Timeout(30)
class ServiceClientTest {
    /** As a service answers whose lanes an operator holds. */
    private static final String HELD =
            "{\"read\":0,\"delivered\":0,\"dead\":0,\"pending\":0,\"held\":true,\"holds\":[{\"scope\":\"all\",\"cause\":\"operator\",\"by\":\"anna\",\"reason\":"
                    + "\"test\",\"since\":\"2026-11-26T10:51:46.421283229Z\"}],\"integrations\":[],\"units\":[]}";

    private HttpServer server;
    private ServiceClient client;
    private String asked;

    @BeforeEach
    void listen() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.start();
        client = new ServiceClient(
                URI.create("http://127.0.0.1:" + server.getAddress().getPort()));
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void readsTheLedger() throws Exception {
        // Given
        answer(200, """
                {"read":4,"delivered":2,"dead":1,"discarded":1,"pending":0,"held":true,"holds":[],"later":1,"integrations":[
                 {"integration":"i","read":4,"delivered":2,"dead":1,"discarded":1,"pending":0,"skipped":4}],"units":[
                 {"integration":"i","unit":"u","read":4,"delivered":2,"dead":1,"discarded":1,"pending":0,"skipped":4}]}""");

        // When
        LedgerView ledger = client.ledger();

        // Then
        assertThat(ledger)
                .isEqualTo(new LedgerView(
                        4,
                        2,
                        1,
                        1,
                        0,
                        true,
                        List.of(),
                        List.of(new LedgerView.Sums("i", 4, 2, 1, 1, 0, 4)),
                        List.of(new LedgerView.Entry("i", "u", 4, 2, 1, 1, 0, 4, null)),
                        null));
    }

    @Test
    void readsTheLedgerOfHeldLanes() throws Exception {
        // Given
        answer(200, HELD);

        // When
        LedgerView ledger = client.ledger();

        // Then
        assertThat(ledger.holds())
                .containsExactly(
                        new Hold(null, Hold.Cause.OPERATOR, "test", Instant.parse("2026-11-26T10:51:46.421Z"), "anna"));
    }

    @Test
    void showsWhereADeadLetterCameFrom() throws Exception {
        // Given
        answer(200, """
                {"total":7,"letters":[{"id":"5","integration":"users","origin":{"unit":"a#b.csv#0f","position":"line 4"},
                 "code":"contract","reason":"userId: is absent","attempts":0,"at":"2026-01-31T00:00:00Z","message":{"type":"user"}}]}""");

        // When
        DeadLetterList found = client.deadLetters(Map.of(), 1);

        // Then
        assertThat(found.table()).hasToString("""
                id  at                    integration  origin           code      status  reason
                5   2026-01-31T00:00:00Z  users        a#b.csv, line 4  contract  -       userId: is absent""");
    }

    @Test
    void asksForDeadLettersWithTheFilterEncoded() throws Exception {
        // Given
        answer(200, "{\"total\":0,\"letters\":[]}");

        // When
        client.deadLetters(Map.of("reason", "a&b c=é"), 12);

        // Then
        assertThat(asked).isEqualTo("/api/dead-letters?limit=12&reason=a%26b+c%3D%C3%A9");
    }

    @Test
    void theFiltersOfTheCommandAreThoseOfTheInterface() {
        // Given
        answer(200, "{\"total\":0,\"letters\":[]}");

        // When
        printedBy(
                new DeadLettersCommand(),
                "--integration=users",
                "--unit=a.csv#0f",
                "--code=too-large",
                "--status=413",
                "--reason=no",
                "--since=2026-01-31T00:00:00Z",
                "--until=2026-02-01T00:00:00Z",
                "--type=user",
                "--entity=user:u1",
                "--message-id=m1",
                "--text=acme",
                "--after=7");

        // Then
        assertThat(asked)
                .isEqualTo(
                        "/api/dead-letters?limit=100&integration=users&unit=a.csv%230f&code=too-large&status=413&reason=no"
                                + "&since=2026-01-31T00%3A00%3A00Z&until=2026-02-01T00%3A00%3A00Z&type=user"
                                + "&entity=user%3Au1&messageId=m1&text=acme&after=7");
    }

    @Test
    void saysWhyTheServiceRefused() {
        // Given
        answer(400, "{\"error\":\"limit=5000: is too much\"}");

        // When
        Throwable failure = catchThrowable(client::ledger);

        // Then
        assertThat(failure)
                .isInstanceOf(CommandException.class)
                .hasMessageEndingWith("/api/ledger answered 400: limit=5000: is too much");
    }

    @Test
    void saysThatSomethingElseListensThere() {
        // Given
        answer(200, "<html>");

        // When
        Throwable failure = catchThrowable(client::ledger);

        // Then
        assertThat(failure)
                .isInstanceOf(CommandException.class)
                .hasMessageStartingWith("what listens at http://127.0.0.1:")
                .hasMessageEndingWith(" is no Vitally Relay");
    }

    @Test
    void saysThatNothingAnswers() {
        // Given
        server.stop(0);

        // When
        Throwable failure = catchThrowable(client::ledger);

        // Then
        assertThat(failure).isInstanceOf(CommandException.class).hasMessageStartingWith("nothing answers at http://");
    }

    private String printedBy(Object command, String... options) {
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        PrintStream console = System.out;
        System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
        try {
            String[] all = Arrays.copyOf(options, options.length + 2);
            all[options.length] = "--url";
            all[options.length + 1] = client.service().toString();
            assertThat(new CommandLine(command).execute(all)).isZero();
        } finally {
            System.setOut(console);
        }
        return printed.toString(StandardCharsets.UTF_8);
    }

    private void answer(int status, String body) {
        server.createContext("/", exchange -> {
            asked = exchange.getRequestURI().toString();
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
    }
}

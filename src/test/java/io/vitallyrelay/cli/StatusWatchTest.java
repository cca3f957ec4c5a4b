package io.vitallyrelay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class StatusWatchTest {
    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    private final PrintStream out = new PrintStream(printed, true, StandardCharsets.UTF_8);
    private Instant now = Instant.parse("2026-01-31T00:00:00Z");
    private ServiceStub service;

    @BeforeEach
    void listen() throws Exception {
        service = new ServiceStub();
        service.answers("GET /api/integrations", 200, "{\"integrations\":[]}");
    }

    @AfterEach
    void stop() {
        service.close();
    }

    @Test
    void showsABlockForEachLookAndTheRateSinceTheOneBefore() throws Exception {
        // Given
        service.answers("GET /api/ledger", 200, StatusCommandTest.LEDGER);
        service.answers("GET /api/ledger", 200, StatusCommandTest.LEDGER.replace("\"read\":9", "\"read\":29"));
        StatusWatch watch = watch(false, false);

        // When
        watch.look();
        now = now.plusSeconds(2);
        watch.look();

        // Then
        assertThat(text()).isEqualTo("""
                2026-01-31T00:00:00Z
                integration  state  read  delivered  dead  pending
                total                  9          6     2        1

                2026-01-31T00:00:02Z  10 read and 0 delivered a second
                integration  state  read  delivered  dead  pending
                total                 29          6     2        1

                """);
    }

    @Test
    void drawsOverTheSamePlaceOnATerminal() throws Exception {
        // Given
        service.answers("GET /api/ledger", 200, StatusCommandTest.LEDGER);

        // When
        watch(false, true).look();

        // Then
        assertThat(text()).isEqualTo("""
                \u001b[H2026-01-31T00:00:00Z\u001b[K
                integration  state  read  delivered  dead  pending\u001b[K
                total                  9          6     2        1\u001b[K
                \u001b[J""");
    }

    @Test
    void goesOnWhereTheServiceDoesNotAnswerForAWhile() throws Exception {
        // Given
        service.answers("GET /api/ledger", 503, "{\"error\":\"starting\"}");
        service.answers("GET /api/ledger", 200, StatusCommandTest.LEDGER);
        StatusWatch watch = watch(false, false);

        // When
        watch.look();
        watch.look();

        // Then
        assertThat(text()).contains("answered 503: starting", "total                  9");
    }

    @Test
    void printsALineOfJsonForEachLook() throws Exception {
        // Given
        service.answers("GET /api/ledger", 200, StatusCommandTest.LEDGER);
        StatusWatch watch = watch(true, true);

        // When
        watch.look();
        watch.look();

        // Then
        assertThat(text().lines()).hasSize(2).allMatch(line -> line.startsWith("{\"read\":9,"));
    }

    private StatusWatch watch(boolean json, boolean terminal) {
        return new StatusWatch(new ServiceClient(service.address()), json, terminal, out, () -> now);
    }

    private String text() {
        return printed.toString(StandardCharsets.UTF_8);
    }
}

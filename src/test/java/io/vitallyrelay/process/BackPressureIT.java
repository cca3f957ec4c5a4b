package io.vitallyrelay.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vitallyrelay.sandbox.Sandbox;
import io.vitallyrelay.sandbox.SandboxSettings;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** While the endpoint is away, the spool grows to its limit and sources wait; memory and disk stay bounded. */
class BackPressureIT {
    private static final long LIMIT = 16 * 1024 * 1024;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final RemembersAccepted accepted = new RemembersAccepted();
    private long read;
    private int more;

    @TempDir
    private Path folder;

    @Test
    void sourcesWaitForAnEndpointThatIsAway() throws Exception {
        // Given 42 MB, which a heap of 128 MB could not hold as messages
        Sequences sequences = new Sequences(200, 30_000, 1_300);
        SandboxSettings settings = SandboxSettings.forToken(RelayProcess.TOKEN).withBehaviours(accepted);
        URI away = addressWhereNobodyListens(settings);
        try (RelayProcess relay = relay(away).start()) {

            // When
            relay.drop("messages", "numbers.jsonl", sequences.lines());
            awaitStandstill(relay);

            // Then
            assertThat(read).isBetween(LIMIT / 2_000, (long) sequences.messages() / 2);
            assertThat(spoolFile(relay)).isBetween(LIMIT, 2 * LIMIT);
            assertThat(relay.inbox("messages").resolve("numbers.jsonl")).exists();
            assertThat(relay.get("/q/health/live").statusCode()).isEqualTo(200);

            // When
            try (Sandbox back = Sandbox.start(settings.onPort(away.getPort()))) {

                // Then
                relay.awaitSettled(sequences.messages(), 0);
                sequences.assertCame(accepted.messages(), 0);
                // by what is written next: a commit moves what is alive to the front, and shortens the file by the rest
                await("the space of the backlog is given back")
                        .atMost(PATIENCE)
                        .pollInterval(Duration.ofSeconds(1))
                        .untilAsserted(() -> {
                            relay.drop(
                                    "messages",
                                    "more-" + more++ + ".jsonl",
                                    "{\"type\":\"organization\",\"organizationId\":\"o\"}");
                            assertThat(spoolFile(relay)).isLessThan(LIMIT);
                        });
            }
        }
    }

    private static URI addressWhereNobodyListens(SandboxSettings settings) throws Exception {
        try (Sandbox sandbox = Sandbox.start(settings)) {
            return sandbox.url();
        }
    }

    private RelayProcess relay(URI url) {
        return RelayProcess.in(folder)
                .postingTo(url)
                .with("RELAY_SPOOL_MAX_BYTES", Long.toString(LIMIT))
                .with("VITALLY_RETRY_MAX", "1s")
                .with("VITALLY_BATCH_WINDOW", "500ms");
    }

    /** Until something was read, and nothing more for some seconds. */
    private void awaitStandstill(RelayProcess relay) {
        await("the source waits")
                .atMost(PATIENCE)
                .pollInterval(Duration.ofSeconds(2))
                .until(() -> {
                    long before = read;
                    read = relay.sums().read();
                    return read > 0 && read == before;
                });
    }

    private static long spoolFile(RelayProcess relay) throws Exception {
        return Files.size(relay.data().resolve("spool/spool.mv"));
    }
}

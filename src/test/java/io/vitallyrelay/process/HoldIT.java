package io.vitallyrelay.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vitallyrelay.faults.FaultServer;
import io.vitallyrelay.faults.Faults;
import io.vitallyrelay.process.RelayProcess.Sums;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Lanes are held by an operator, or by an endpoint that refuses everything: all see it, nothing is sent, nothing is lost. */
class HoldIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String USER = "{\"type\":\"user\",\"userId\":\"u1\",\"accountId\":\"a\",\"traits\":{}}\n";

    @TempDir
    private Path folder;

    private FaultServer endpoint;
    private FaultServer elsewhere;
    private RelayProcess relay;

    @BeforeEach
    void start() throws Exception {
        endpoint = FaultServer.start();
        elsewhere = FaultServer.start();
        relay = RelayProcess.in(folder)
                .postingTo(endpoint.url())
                .with("VITALLY_BATCH_WINDOW", "100ms")
                .with("VITALLY_HOLD_PROBE", "1s")
                .start();
    }

    @AfterEach
    void end() throws Exception {
        relay.close();
        endpoint.close();
        elsewhere.close();
    }

    @Test
    void anOperatorHoldsAndReleasesTheLanes() throws Exception {
        // When
        JsonNode held = post("/api/lanes/hold?reason=maintenance");
        relay.drop("messages", "one.jsonl", USER);
        awaitPending(1);

        // Then
        assertThat(held.path("held").booleanValue()).isTrue();
        assertThat(relay.ledger().path("holds")).singleElement().satisfies(hold -> {
            assertThat(hold.path("reason").textValue()).isEqualTo("maintenance");
            assertThat(Instant.parse(hold.path("since").textValue())).isBefore(Instant.now());
        });
        JsonNode health = lanesHealth();
        assertThat(health.path("status").textValue()).isEqualTo("UP");
        assertThat(health.path("data").path("held").booleanValue()).isTrue();
        assertThat(health.path("data").path("reason").textValue()).isEqualTo("held by an operator: maintenance");
        assertThat(relay.get("/q/metrics").body().lines()).contains("relay_lanes_held 8.0");

        // When
        JsonNode released = post("/api/lanes/release");

        // Then
        assertThat(released.path("held").booleanValue()).isFalse();
        assertThat(released.path("holds")).isEmpty();
        relay.awaitSettled(1, 0);
        assertThat(endpoint.requests()).hasSize(1);
        assertThat(lanesHealth().path("data").path("held").booleanValue()).isFalse();
    }

    @Test
    void aRedirectIsNotFollowedAndGoesOnByItself() throws Exception {
        // Given
        endpoint.then(Faults.answers(307, "Location: " + elsewhere.url()));

        // When
        relay.drop("messages", "one.jsonl", USER);
        await().atMost(PATIENCE).until(() -> endpoint.requests().size() >= 2);

        // Then
        assertThat(lanesHealth().path("data").path("reason").textValue()).isEqualTo("the endpoint answers 307");
        assertThat(relay.sums()).isEqualTo(new Sums(1, 0, 0, 1));

        // When
        endpoint.then(Faults.takes());

        // Then
        relay.awaitSettled(1, 0);
        assertThat(elsewhere.requests()).isEmpty();
        assertThat(endpoint.requests())
                .allSatisfy(
                        request -> assertThat(request.head()).contains("Authorization: Basic " + RelayProcess.TOKEN));
    }

    private JsonNode post(String path) throws Exception {
        return new ObjectMapper().readTree(relay.post(path).body());
    }

    private void awaitPending(long pending) {
        await().atMost(PATIENCE).until(() -> relay.sums().pending() == pending);
    }

    private JsonNode lanesHealth() throws Exception {
        return StreamSupport.stream(relay.json("/q/health/ready").path("checks").spliterator(), false)
                .filter(check -> check.path("name").asText().equals("lanes"))
                .findAny()
                .orElseThrow();
    }
}

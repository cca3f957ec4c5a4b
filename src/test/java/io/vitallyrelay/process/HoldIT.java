package io.vitallyrelay.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vitallyrelay.faults.FaultServer;
import io.vitallyrelay.faults.Faults;
import io.vitallyrelay.process.RelayProcess.Sums;
import java.net.http.HttpResponse;
import java.nio.file.Files;
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

    private static final String USER_RECORD =
            "{\"id\":\"u9\",\"company_id\":\"1\",\"email\":\"a@example.com\",\"last_name\":\"A\",\"signed_up_at\":\"2026-01-05\"}\n";
    private static final String HOSTILE = "first%20line%0Asecond%20line%1B%5B2J";

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

    @Test
    void anIntegrationThatIsHeldStaysSoAfterAKillWhileTheOthersAreDelivered() throws Exception {
        // Given
        relay.drop("messages", "one.jsonl", USER);
        relay.awaitSettled(1, 0);
        post("/api/lanes/hold?integration=messages&by=anna&reason=" + HOSTILE);

        // When
        relay.kill9();
        relay.start();
        relay.drop("messages", "two.jsonl", USER.replace("u1", "u2") + USER.replace("u1", "u3"));
        relay.drop("users-jsonl", "three.jsonl", USER_RECORD);
        await().atMost(PATIENCE).until(() -> relay.sums().equals(new Sums(4, 2, 0, 2)));

        // Then
        assertThat(relay.json("/api/lanes").path("holds")).singleElement().satisfies(hold -> {
            assertThat(hold.path("scope").textValue()).isEqualTo("integration");
            assertThat(hold.path("integration").textValue()).isEqualTo("messages");
            assertThat(hold.path("cause").textValue()).isEqualTo("operator");
            assertThat(hold.path("by").textValue()).isEqualTo("anna");
            assertThat(hold.path("reason").textValue()).isEqualTo("first line\nsecond line\u001b[2J");
        });
        assertThat(state("messages")).isEqualTo("held");
        assertThat(state("users-jsonl")).isEqualTo("running");
        assertThat(relay.output().lines())
                .anyMatch(line -> line.contains("held by anna: first line\\u000Asecond line"));
        assertThat(relay.output()).doesNotContain("\u001b[2J");

        // When
        JsonNode released = post("/api/lanes/release?integration=messages&by=bert");

        // Then
        assertThat(released.path("holds")).isEmpty();
        relay.awaitSettled(4, 0);
        assertThat(relay.json("/api/audit").path("entries"))
                .extracting(entry -> entry.path("deed").textValue() + " by "
                        + entry.path("by").textValue())
                .containsExactly("release by bert", "hold by anna");
    }

    @Test
    void allLanesThatAreHeldStaySoAfterAKill() throws Exception {
        // Given
        post("/api/lanes/hold?by=anna&reason=maintenance");
        relay.drop("messages", "one.jsonl", USER);
        awaitPending(1);

        // When
        relay.kill9();
        relay.start();

        // Then
        JsonNode lanes = relay.json("/api/lanes");
        assertThat(lanes.path("gate").path("state").textValue()).isEqualTo("held");
        assertThat(lanes.path("holds").path(0).path("by").textValue()).isEqualTo("anna");
        assertThat(endpoint.requests()).isEmpty();

        // When
        post("/api/lanes/release");

        // Then
        relay.awaitSettled(1, 0);
    }

    @Test
    void holdsThatCannotBeReadStopTheStart() throws Exception {
        // Given
        relay.kill9();
        Files.writeString(relay.data().resolve("holds.json"), "{\"holds\":[{\"cause\":\"opera");

        // When
        int status = relay.launch().awaitExit(PATIENCE);

        // Then
        assertThat(status).isEqualTo(1);
        assertThat(relay.output()).contains("holds.json cannot be read", "so what has to wait is not known");
    }

    @Test
    void aNameThatNoIntegrationHasIsNotHeld() throws Exception {
        // When
        HttpResponse<String> answer = relay.post("/api/lanes/hold?integration=accounts-cvs");

        // Then
        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(answer.body()).contains("there is no integration accounts-cvs; there are accounts-csv, ");
    }

    private String state(String integration) throws Exception {
        return StreamSupport.stream(
                        relay.json("/api/integrations").path("integrations").spliterator(), false)
                .filter(each -> each.path("integration").asText().equals(integration))
                .map(each -> each.path("state").textValue())
                .findAny()
                .orElseThrow();
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

package io.vitallyrelay.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vitallyrelay.sandbox.Sandbox;
import io.vitallyrelay.sandbox.SandboxSettings;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Dead letters are mended, replayed and discarded over HTTP, and through kills. */
class MendIT {
    private static final String HEADER = "account_id,name,organization_id,plan,mrr,seats,renewal_date\n";
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int KILLS = 4;
    private static final ObjectMapper MAPPER = new ObjectMapper();

    @TempDir
    private Path folder;

    private final RemembersAccepted accepted = new RemembersAccepted();
    private Path mapping;
    private Sandbox sandbox;
    private RelayProcess relay;

    @BeforeEach
    void start() throws Exception {
        Path routes = ProjectRoutes.copyCommonTo(folder.resolve("routes"));
        ProjectRoutes.copyIntegration("accounts-csv", routes);
        mapping = routes.resolve("accounts-csv/mapping.jq");
        sandbox = Sandbox.start(SandboxSettings.forToken(RelayProcess.TOKEN).withBehaviours(accepted));
        relay = RelayProcess.in(folder)
                .postingTo(sandbox.url())
                .with("RELAY_ROUTES", routes.toString())
                .with("VITALLY_BATCH_WINDOW", "100ms")
                .start();
    }

    @AfterEach
    void end() throws Exception {
        relay.close();
        sandbox.close();
    }

    @Test
    void aMendedMappingTakesItsLettersAgain() throws Exception {
        // Given
        drop("a1,A,,Team,n/a,1,", "a2,B,,Team,7,1,", "a3,C,,Team,unknown,1,", "a4,D,,Team,8,one,");
        relay.awaitSettled(1, 3);
        JsonNode groups = relay.json("/api/dead-letters/groups?integration=accounts-csv");
        assertThat(groups.path("groups")).hasSize(2);
        assertThat(groups.path("groups").get(0).path("reason").textValue()).contains("mrr: must be a number, got …");
        assertThat(groups.path("groups").get(0).path("letters").intValue()).isEqualTo(2);

        // When
        JsonNode before = job("/api/dead-letters/replay", "{\"filter\":{\"reason\":\"mrr\"},\"dryRun\":true}");
        mendMapping();
        JsonNode tried = job("/api/dead-letters/replay", "{\"filter\":{\"reason\":\"mrr\"},\"dryRun\":true}");
        JsonNode replayed = job("/api/dead-letters/replay", "{\"filter\":{\"reason\":\"mrr\"},\"by\":\"anna\"}");

        // Then
        assertThat(counts(before)).isEqualTo("2 selected: 0 passed, 0 discarded, 2 stayed, 0 gone");
        assertThat(before.path("stays").get(0).path("why").textValue()).contains("mrr: must be a number, got \"n/a\"");
        assertThat(counts(tried)).isEqualTo("2 selected: 2 passed, 0 discarded, 0 stayed, 0 gone");
        assertThat(tried.at("/first/0/messages/0/accountId").textValue()).isEqualTo("a1");
        assertThat(counts(replayed)).isEqualTo("2 selected: 2 passed, 0 discarded, 0 stayed, 0 gone");
        relay.awaitSettled(3, 1);
        assertThat(accepted.messages())
                .extracting(each -> each.message().path("accountId").textValue())
                .containsExactlyInAnyOrder("a1", "a2", "a3");
        assertThat(relay.json("/api/audit").path("entries")).singleElement().satisfies(entry -> {
            assertThat(entry.path("by").textValue()).isEqualTo("anna");
            assertThat(entry.path("from").textValue()).isEqualTo("127.0.0.1");
            assertThat(entry.path("deed").textValue()).isEqualTo("replay");
        });
    }

    @Test
    void aLetterIsMendedByHandOrDiscarded() throws Exception {
        // Given
        drop("a1,A,,Team,n/a,1,", "a2,B,,Team,?,1,");
        relay.awaitSettled(0, 2);
        List<String> ids = relay.deadLetters().findValuesAsText("id");
        String record =
                "{\"account_id\":\"a1\",\"name\":\"A\",\"organization_id\":\"\",\"plan\":\"Team\",\"mrr\":\"%s\","
                        + "\"seats\":\"1\",\"renewal_date\":\"\"}";
        String mended = "{\"ids\":[\"%s\"],\"record\":%s}";

        // When
        HttpResponse<String> stillWrong =
                relay.post("/api/dead-letters/replay", mended.formatted(ids.get(0), record.formatted("x")));
        JsonNode replayed = job("/api/dead-letters/replay", mended.formatted(ids.get(0), record.formatted("12.50")));
        JsonNode discarded =
                job("/api/dead-letters/discard", "{\"ids\":[\"%s\"],\"why\":\"a test account\"}".formatted(ids.get(1)));

        // Then
        assertThat(stillWrong.statusCode()).isEqualTo(400);
        assertThat(stillWrong.body()).contains("mrr: must be a number, got \\\"x\\\"");
        assertThat(counts(replayed)).isEqualTo("1 selected: 1 passed, 0 discarded, 0 stayed, 0 gone");
        assertThat(counts(discarded)).isEqualTo("1 selected: 0 passed, 1 discarded, 0 stayed, 0 gone");
        await().atMost(PATIENCE)
                .untilAsserted(() ->
                        assertThat(relay.ledger().path("delivered").intValue()).isEqualTo(1));
        assertThat(relay.ledger().path("discarded").intValue()).isEqualTo(1);
        assertThat(relay.ledger().path("dead").intValue()).isZero();
        assertThat(accepted.messages().get(0).message().at("/traits/mrr").decimalValue())
                .isEqualByComparingTo("12.5");
    }

    @Test
    void aReplayGoesOnThroughKillsAndSendsEachLetterUnderItsId() throws Exception {
        // Given
        int letters = 5_000;
        drop(IntStream.range(0, letters)
                .mapToObj(i -> "a" + i + ",A,,Team,n/a,1,")
                .toArray(String[]::new));
        relay.awaitSettled(0, letters);
        mendMapping();
        Random random = new Random();
        JsonNode job = MAPPER.readTree(
                relay.post("/api/dead-letters/replay", "{\"filter\":{}}").body());

        // When
        for (int i = 0; i < KILLS; i++) {
            int some = accepted.count() + 1 + random.nextInt(800);
            await().atMost(PATIENCE).until(() -> accepted.count() >= some || isOver(job));
            relay.kill9();
            relay.start();
        }

        // Then
        await().atMost(PATIENCE).until(() -> isOver(job));
        assertThat(counts(relay.json("/api/jobs/" + job.path("id").textValue())))
                .isEqualTo("5000 selected: 5000 passed, 0 discarded, 0 stayed, 0 gone");
        relay.awaitSettled(letters, 0);
        assertThat(accepted.messages().stream()
                        .map(RemembersAccepted.Accepted::id)
                        .collect(Collectors.toSet()))
                .hasSize(letters);
        // at most a batch of each lane comes again
        assertThat(accepted.count()).isLessThanOrEqualTo(letters + KILLS * 8 * 100);
    }

    private boolean isOver(JsonNode job) throws Exception {
        return relay.json("/api/jobs/" + job.path("id").textValue()).has("ended");
    }

    private void drop(String... rows) throws Exception {
        relay.drop("accounts-csv", "accounts.csv", HEADER + String.join("\n", rows) + "\n");
    }

    /** What is no number is left out from now on. */
    private void mendMapping() throws Exception {
        String mended = Files.readString(mapping).replaceAll("error\\(.*\\)", "null");
        relay.stop();
        Files.writeString(mapping, mended);
        relay.start();
    }

    /** Once it is over. */
    private JsonNode job(String path, String body) throws Exception {
        HttpResponse<String> answer = relay.post(path, body);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
        JsonNode job = MAPPER.readTree(answer.body());
        await().atMost(PATIENCE).until(() -> isOver(job));
        return relay.json("/api/jobs/" + job.path("id").textValue());
    }

    private static String counts(JsonNode job) {
        return "%s selected: %s passed, %s discarded, %s stayed, %s gone"
                .formatted(
                        job.path("selected"),
                        job.path("passed"),
                        job.path("discarded"),
                        job.path("stayed"),
                        job.path("gone"));
    }
}

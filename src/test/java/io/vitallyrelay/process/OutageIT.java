package io.vitallyrelay.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.vitallyrelay.sandbox.AnswersStatus;
import io.vitallyrelay.sandbox.RefusesMessagesThat;
import io.vitallyrelay.sandbox.Sandbox;
import io.vitallyrelay.sandbox.SandboxSettings;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An outage delays messages and harms none; a message that the endpoint refuses harms no other. */
class OutageIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    /** Enough to split the batches of all lanes down to single messages, if an outage were taken for a refusal. */
    private static final int MANY = 100;

    private final RemembersAccepted accepted = new RemembersAccepted();

    @TempDir
    private Path folder;

    private static final int LANES = 4;

    @Test
    void anOutageKillsNoMessageAndKeepsTheirOrder() throws Exception {
        // Given
        Sequences sequences = new Sequences(50, 2_000, 0);
        SandboxSettings settings = SandboxSettings.forToken(RelayProcess.TOKEN);
        Sandbox failing = Sandbox.start(settings.withBehaviours(new AnswersStatus(503, Integer.MAX_VALUE)));
        URI url = failing.url();
        try (failing;
                RelayProcess relay = relay(url).start()) {
            // When it answers 503, then listens no more
            relay.drop("messages", "numbers.jsonl", sequences.lines());
            await().atMost(PATIENCE)
                    .until(() -> failing.counts().requestsByStatus().getOrDefault(503, 0L) >= MANY);
            failing.close();
            long retriesBefore = retries(relay);
            // the HTTP client repeats nothing on its own: each request but those under way got its verdict
            assertThat(retriesBefore)
                    .isGreaterThanOrEqualTo(failing.counts().requestsByStatus().get(503) - LANES);
            await().atMost(PATIENCE).until(() -> retries(relay) >= retriesBefore + MANY);
            assertThat(accepted.count()).isZero();
            // and then works
            try (Sandbox working = Sandbox.start(settings.onPort(url.getPort()).withBehaviours(accepted))) {

                // Then
                relay.awaitSettled(sequences.messages(), 0);
                sequences.assertCame(accepted.messages(), 0);
            }
        }
    }

    @Test
    void aRefusedMessageTakesNoOtherOfItsBatchWithIt() throws Exception {
        // Given
        int refused = 51;
        try (Sandbox sandbox = Sandbox.start(SandboxSettings.forToken(RelayProcess.TOKEN)
                        .withBehaviours(
                                new RefusesMessagesThat(message ->
                                        message.path("userId").asText().equals("u" + refused)),
                                accepted));
                RelayProcess relay =
                        relay(sandbox.url()).with("VITALLY_LANES", "1").start()) {

            // When
            relay.drop("messages", "hundred.jsonl", hundredUsers());
            relay.awaitSettled(99, 1);

            // Then
            assertThat(accepted.messages())
                    .extracting(one -> one.message().path("userId").textValue())
                    .containsExactlyElementsOf(usersWithout(refused));
            assertThat(relay.deadLetters()).singleElement().satisfies(letter -> {
                assertThat(letter.path("status").intValue()).isEqualTo(400);
                assertThat(letter.path("answer").textValue()).contains("refused on purpose");
                assertThat(letter.path("reason").textValue()).contains("400");
                // sent with 100, 25, 12, 6, 3 and 1 message; that the second 50 are bad is known once the first are
                // taken
                assertThat(letter.path("attempts").intValue()).isEqualTo(6);
                assertThat(letter.path("integration").textValue()).isEqualTo("messages");
                JsonNode origin = letter.path("origin");
                assertThat(origin.path("unit").textValue()).startsWith("hundred.jsonl#");
                assertThat(origin.path("position").textValue()).isEqualTo("line " + refused);
                assertThat(letter.path("message").path("userId").textValue()).isEqualTo("u" + refused);
            });
        }
    }

    private RelayProcess relay(URI url) {
        return RelayProcess.in(folder)
                .postingTo(url)
                .with("VITALLY_LANES", Integer.toString(LANES))
                .with("VITALLY_BATCH_WINDOW", "500ms")
                .with("VITALLY_RETRY_INITIAL", "20ms")
                .with("VITALLY_RETRY_MAX", "100ms");
    }

    private static long retries(RelayProcess relay) throws Exception {
        return relay.get("/q/metrics")
                .body()
                .lines()
                .filter(line -> line.startsWith("relay_batches_total{") && line.contains("verdict=\"retry\""))
                .mapToLong(line -> (long) Double.parseDouble(line.substring(line.lastIndexOf(' '))))
                .sum();
    }

    private static String hundredUsers() {
        StringBuilder lines = new StringBuilder();
        for (int i = 1; i <= 100; i++) {
            lines.append("{\"type\":\"user\",\"userId\":\"u%d\",\"accountId\":\"a\",\"traits\":{}}\n".formatted(i));
        }
        return lines.toString();
    }

    private static List<String> usersWithout(int refused) {
        return IntStream.rangeClosed(1, 100)
                .filter(i -> i != refused)
                .mapToObj(i -> "u" + i)
                .toList();
    }
}

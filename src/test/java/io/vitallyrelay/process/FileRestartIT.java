package io.vitallyrelay.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.vitallyrelay.process.RelayProcess.Sums;
import io.vitallyrelay.process.RemembersAccepted.Accepted;
import io.vitallyrelay.sandbox.RefusesMessagesThat;
import io.vitallyrelay.sandbox.Sandbox;
import io.vitallyrelay.sandbox.SandboxSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Exactly once into the spool: the service is killed in the middle of a file, some of which is delivered, and started again
 * on what then lies in the inbox. The files do not fit into the spool, so that the service stands still in their middle.
 */
class FileRestartIT {
    private static final int LANES = 4;
    private static final int ONE_BATCH_A_LANE = 100 * LANES;
    private static final int USERS = 40;
    private static final int MESSAGES = 6_000;
    private static final int PADDING = 4_000;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final RemembersAccepted accepted = new RemembersAccepted();
    private final HangsInTheMiddle endpoint = new HangsInTheMiddle(10);

    @TempDir
    private Path folder;

    @ParameterizedTest
    @EnumSource
    void goesOnInTheMiddleOfAFile(MessageFiles kind) throws Exception {
        // Given
        MixedMessages input = new MixedMessages(1, new Sequences(USERS, MESSAGES, PADDING));
        try (Sandbox sandbox = sandbox();
                RelayProcess relay = relay(sandbox)) {
            relay.drop(
                    kind.integration(), kind.name(0), kind.content(input.files().get(0)));
            startUpToTheMiddle(relay);

            // When
            crashAndStart(relay);

            // Then
            relay.awaitSettled(input.good(), input.bad());
            input.assertCame(accepted.messages(), ONE_BATCH_A_LANE);
            input.assertBuried(relay.deadLetters());
            awaitFile(relay.done(kind.integration(), kind.name(0)));
        }
    }

    @Test
    void goesOnInAFileThatIsStillWritten() throws Exception {
        // Given the last line that the writer left is not whole
        MixedMessages input = new MixedMessages(1, new Sequences(USERS, MESSAGES, PADDING));
        String text = input.files().get(0);
        int first = text.length() * 8 / 10;
        int second = text.length() * 9 / 10;
        try (Sandbox sandbox = sandbox();
                RelayProcess relay = relay(sandbox)) {
            relay.drop("messages", "numbers.jsonl", text.substring(0, first));
            Path file = relay.inbox("messages").resolve("numbers.jsonl");
            startUpToTheMiddle(relay);

            // When
            Files.writeString(file, text.substring(first, second), StandardOpenOption.APPEND);
            relay.kill9();
            Files.writeString(file, text.substring(second), StandardOpenOption.APPEND);
            endpoint.release();
            relay.start();

            // Then
            relay.awaitSettled(input.good(), input.bad());
            input.assertCame(accepted.messages(), ONE_BATCH_A_LANE);
            input.assertBuried(relay.deadLetters());
            assertThat(units(relay)).hasSize(1);
        }
    }

    @Test
    void takesTwoFilesOfEqualContentForTwo() throws Exception {
        // Given
        Sequences sequences = new Sequences(USERS, MESSAGES / 2, PADDING);
        int both = 2 * sequences.messages();
        try (Sandbox sandbox = sandbox();
                RelayProcess relay = relay(sandbox)) {
            relay.drop("messages", "a.jsonl", sequences.lines());
            relay.drop("messages", "b.jsonl", sequences.lines());
            startUpToTheMiddle(relay);

            // When
            crashAndStart(relay);

            // Then
            relay.awaitSettled(both, 0);
            assertThat(accepted.messages().stream().map(Accepted::id).distinct())
                    .hasSize(both);
            assertThat(accepted.count() - both).as("repeats").isLessThanOrEqualTo(ONE_BATCH_A_LANE);
            assertThat(units(relay))
                    .hasSize(2)
                    .allSatisfy(unit -> assertThat(unit.path("read").asInt()).isEqualTo(sequences.messages()));
        }
    }

    @Test
    void readsAFileThatReplacedOneOfTheSameNameSizeAndTimeFromItsFirstRow() throws Exception {
        // Given
        Sequences sequences = new Sequences(USERS, MESSAGES, PADDING);
        try (Sandbox sandbox = sandbox();
                RelayProcess relay = relay(sandbox)) {
            relay.drop("messages", "numbers.jsonl", sequences.lines());
            Path file = relay.inbox("messages").resolve("numbers.jsonl");
            FileTime time = Files.getLastModifiedTime(file);
            startUpToTheMiddle(relay);

            // When
            relay.kill9();
            relay.drop("messages", "numbers.jsonl", sequences.lines().replace("counted", "another"));
            Files.setLastModifiedTime(file, time);
            endpoint.release();
            relay.start();

            // Then
            awaitFile(relay.done("messages", "numbers.jsonl"));
            Sums sums = awaitNothingPending(relay);
            int ofTheFirst = (int) sums.read() - MESSAGES;
            assertThat(sums.dead()).isZero();
            assertThat(ofTheFirst).isBetween(1, MESSAGES - 1);
            new Sequences(USERS, ofTheFirst, PADDING).assertCame(accepted("counted"), ONE_BATCH_A_LANE);
            sequences.assertCame(accepted("another"), 0);
            assertThat(units(relay)).hasSize(2);
        }
    }

    @Test
    @Tag("jvm")
    void namesTheRestOfAnUnreadableFileOnce() throws Exception {
        // Given
        byte[] zipped = MessageFiles.ZIPPED.content(new Sequences(USERS, 3_000, 0).lines());
        try (Sandbox sandbox = sandbox();
                RelayProcess relay = relay(sandbox)) {
            relay.drop("messages", "cut.jsonl.gz", Arrays.copyOf(zipped, zipped.length / 2));
            endpoint.release();

            // When
            try (SteppedRelay stepped = new SteppedRelay(relay)) {
                stepped.to("source.file.camel.FilesComponent.moveTo").crash();
            }
            relay.start();

            // Then
            awaitFile(relay.inbox("messages").resolve(".failed/cut.jsonl.gz"));
            Sums sums = awaitNothingPending(relay);
            assertThat(sums.dead()).isEqualTo(1);
            assertThat(relay.deadLetters()).hasSize(1);
            new Sequences(USERS, (int) sums.delivered(), 0).assertCame(accepted.messages(), ONE_BATCH_A_LANE);
        }
    }

    private Sandbox sandbox() throws Exception {
        return Sandbox.start(SandboxSettings.forToken(RelayProcess.TOKEN)
                .withBehaviours(endpoint, new RefusesMessagesThat(MixedMessages::isForTheEndpointToRefuse), accepted));
    }

    private RelayProcess relay(Sandbox sandbox) throws Exception {
        return RelayProcess.in(folder)
                .postingTo(sandbox.url())
                .with(
                        "RELAY_ROUTES",
                        MessageFiles.copyRoutesTo(folder.resolve("routes")).toString())
                .with("VITALLY_LANES", Integer.toString(LANES))
                .with("RELAY_SPOOL_MAX_BYTES", "16MiB")
                .with("VITALLY_BATCH_WINDOW", "200ms");
    }

    /** Until some batches are delivered, the endpoint hangs, and the spool is full. */
    private void startUpToTheMiddle(RelayProcess relay) throws Exception {
        relay.start();
        await("the service stands in the middle of a file")
                .atMost(PATIENCE)
                .until(() ->
                        endpoint.hanging() == LANES && spool(relay).path("full").asBoolean());
    }

    private void crashAndStart(RelayProcess relay) throws Exception {
        relay.kill9();
        endpoint.release();
        relay.start();
    }

    private static JsonNode spool(RelayProcess relay) throws Exception {
        return StreamSupport.stream(relay.json("/q/health/ready").path("checks").spliterator(), false)
                .filter(check -> check.path("name").asText().equals("spool"))
                .findFirst()
                .orElseThrow()
                .path("data");
    }

    private static Sums awaitNothingPending(RelayProcess relay) {
        return await().atMost(PATIENCE)
                .until(relay::sums, sums -> sums.pending() == 0 && sums.read() == sums.delivered() + sums.dead());
    }

    private static void awaitFile(Path file) {
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(file).exists());
    }

    private static List<JsonNode> units(RelayProcess relay) throws Exception {
        return StreamSupport.stream(relay.ledger().path("units").spliterator(), false)
                .toList();
    }

    private List<Accepted> accepted(String event) {
        return accepted.messages().stream()
                .filter(one -> one.message().path("event").asText().equals(event))
                .toList();
    }
}

package io.vitallyrelay.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vitallyrelay.sandbox.Sandbox;
import io.vitallyrelay.sandbox.SandboxSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Killed at a bad moment and started again, the service loses nothing and sends at most one batch a lane twice. */
class CrashIT {
    private static final int LANES = 4;
    private static final int ONE_BATCH_A_LANE = 100 * LANES;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final RemembersAccepted accepted = new RemembersAccepted();

    @TempDir
    private Path folder;

    @Test
    void aCrashInTheMiddleOfDeliveryLosesNothing() throws Exception {
        // Given
        Sequences sequences = new Sequences(200, 30_000, 0);
        HangsInTheMiddle endpoint = new HangsInTheMiddle(100);
        try (Sandbox sandbox = Sandbox.start(
                        SandboxSettings.forToken(RelayProcess.TOKEN).withBehaviours(endpoint, accepted));
                RelayProcess relay = relay(sandbox).start()) {
            relay.drop("messages", "numbers.jsonl", sequences.lines());
            await().atMost(PATIENCE).until(() -> endpoint.hanging() == LANES);

            // When
            relay.kill9();
            endpoint.release();
            relay.start();

            // Then
            assertAllCame(relay, sequences, ONE_BATCH_A_LANE);
        }
    }

    @Test
    void aCrashInTheMiddleOfAFileLosesNothing() throws Exception {
        // Given a file that does not fit into the spool, so that the service stands in its middle
        Sequences sequences = new Sequences(200, 30_000, 1000);
        HangsInTheMiddle endpoint = new HangsInTheMiddle(10);
        try (Sandbox sandbox = Sandbox.start(
                        SandboxSettings.forToken(RelayProcess.TOKEN).withBehaviours(endpoint, accepted));
                RelayProcess relay =
                        relay(sandbox).with("RELAY_SPOOL_MAX_BYTES", "16MiB").start()) {
            relay.drop("messages", "numbers.jsonl", sequences.lines());
            await().atMost(PATIENCE)
                    .until(() -> endpoint.hanging() == LANES && relay.sums().read() > 0);
            assertThat(relay.inbox("messages").resolve("numbers.jsonl")).exists();

            // When
            relay.kill9();
            endpoint.release();
            relay.start();

            // Then
            assertAllCame(relay, sequences, ONE_BATCH_A_LANE);
        }
    }

    @Test
    void crashesAtRandomMomentsLoseNothing() throws Exception {
        // Given
        Sequences sequences = new Sequences(200, 30_000, 0);
        long seed = Long.getLong("seed", System.nanoTime());
        System.out.println("CrashIT: -Dseed=" + seed);
        Random random = new Random(seed);
        try (Sandbox sandbox = Sandbox.start(
                        SandboxSettings.forToken(RelayProcess.TOKEN).withBehaviours(accepted));
                RelayProcess relay = relay(sandbox)) {
            relay.drop("messages", "numbers.jsonl", sequences.lines());

            // When
            int crashes = 3;
            for (int crash = 0; crash < crashes; crash++) {
                relay.start();
                // early moments, when the file is still read, are as likely as late ones
                int moment = accepted.count() + (int) Math.pow(8000, random.nextDouble());
                await().atMost(PATIENCE)
                        .pollDelay(Duration.ZERO)
                        .pollInterval(Duration.ofMillis(1))
                        .until(() -> accepted.count() >= moment || accepted.count() >= sequences.messages());
                relay.kill9();
            }
            relay.start();

            // Then
            assertAllCame(relay, sequences, crashes * ONE_BATCH_A_LANE);
        }
    }

    private RelayProcess relay(Sandbox sandbox) {
        return RelayProcess.in(folder).postingTo(sandbox.url()).with("VITALLY_BATCH_WINDOW", "500ms");
    }

    private void assertAllCame(RelayProcess relay, Sequences sequences, int repeats) throws IOException {
        relay.awaitSettled(sequences.messages(), 0);
        await().atMost(PATIENCE)
                .untilAsserted(() ->
                        assertThat(relay.done("messages", "numbers.jsonl")).exists());
        sequences.assertCame(accepted.messages(), repeats);
    }
}

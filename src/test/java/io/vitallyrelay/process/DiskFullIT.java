package io.vitallyrelay.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vitallyrelay.process.RelayProcess.Sums;
import io.vitallyrelay.sandbox.Sandbox;
import io.vitallyrelay.sandbox.SandboxSettings;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** While the disk is full, sources wait and health says why; once there is room, all goes on by itself, and nothing is lost. */
class DiskFullIT {
    private static final int MEGABYTE = 1024 * 1024;
    private static final int LANES = 4;
    private static final int ONE_BATCH_A_LANE = 100 * LANES;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final RemembersAccepted accepted = new RemembersAccepted();

    @TempDir
    private Path folder;

    @ParameterizedTest(name = "killed while it is full: {0}")
    @ValueSource(booleans = {false, true})
    void aFullDiskLosesNothing(boolean killed) throws Exception {
        // Given 9 MB, room for 3 MB of them in the spool, and an endpoint that hangs, so that the spool must grow
        Sequences sequences = new Sequences(40, 6_000, 1_400);
        byte[] lines = sequences.lines().getBytes(StandardCharsets.UTF_8);
        HangsInTheMiddle endpoint = new HangsInTheMiddle(10);
        try (Sandbox sandbox = Sandbox.start(
                        SandboxSettings.forToken(RelayProcess.TOKEN).withBehaviours(endpoint, accepted));
                SmallDisk disk = SmallDisk.mount(folder.resolve("data"), 32);
                RelayProcess relay = RelayProcess.in(folder)
                        .postingTo(sandbox.url())
                        .with("VITALLY_LANES", Integer.toString(LANES))
                        .with("VITALLY_BATCH_WINDOW", "200ms")) {
            disk.fillUpTo(lines.length + 3 * MEGABYTE);
            relay.start().drop("messages", "numbers.jsonl", lines);

            // When
            awaitDown(relay);

            // Then
            assertThat(relay.get("/q/health/live").statusCode()).isEqualTo(200);
            assertThat(relay.inbox("messages").resolve("numbers.jsonl")).exists();
            assertThat(relay.sums().read()).isBetween(1L, sequences.messages() - 1L);

            // When
            endpoint.release();
            if (killed) {
                relay.kill9();
                relay.launch().awaitAddress();
                awaitDown(relay);
            }
            Sums whileFull = relay.sums();
            disk.makeRoom();

            // Then
            assertThat(whileFull.dead()).isZero();
            relay.awaitSettled(sequences.messages(), 0);
            relay.awaitReady();
            sequences.assertCame(accepted.messages(), ONE_BATCH_A_LANE);
            await().atMost(PATIENCE)
                    .untilAsserted(() ->
                            assertThat(relay.done("messages", "numbers.jsonl")).exists());
        }
    }

    private static void awaitDown(RelayProcess relay) {
        await("health says that the disk is full").atMost(PATIENCE).untilAsserted(() -> {
            var health = relay.get("/q/health");
            assertThat(health.statusCode()).isEqualTo(503);
            assertThat(health.body()).contains("spool.mv", "No space left on device");
        });
    }
}

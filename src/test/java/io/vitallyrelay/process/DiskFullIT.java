package io.vitallyrelay.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vitallyrelay.process.RelayProcess.Sums;
import io.vitallyrelay.sandbox.Answer;
import io.vitallyrelay.sandbox.Behaviour;
import io.vitallyrelay.sandbox.Sandbox;
import io.vitallyrelay.sandbox.SandboxSettings;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * While the disk is full, sources wait and health says why, and what is pending is delivered; once there is room, all goes on by
 * itself, and nothing is lost.
 */
class DiskFullIT {
    private static final int MEGABYTE = 1024 * 1024;
    private static final int RESERVE = 16 * MEGABYTE;
    private static final int MINIMUM = 16 * MEGABYTE;
    private static final int LANES = 4;
    private static final int ONE_BATCH_A_LANE = 100 * LANES;
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration GRACE = Duration.ofSeconds(5);
    /** After the grace, and for the machine. */
    private static final Duration END = Duration.ofSeconds(15);

    private final RemembersAccepted accepted = new RemembersAccepted();
    private volatile boolean away = true;

    @TempDir
    private Path folder;

    private enum Restart {
        NONE,
        STOPPED_WHILE_THE_ENDPOINT_IS_AWAY,
        KILLED_WHILE_THE_ENDPOINT_IS_AWAY,
        KILLED_WHILE_IT_DELIVERS
    }

    @ParameterizedTest
    @EnumSource
    void aFullDiskLosesNothingAndStopsNoDelivery(Restart restart) throws Exception {
        // Given 3 MB above the minimum, less than sources that wait need to go on, 36 MB to read, more than are read
        // between
        // two looks at the disk, and an endpoint that is away
        Sequences sequences = new Sequences(40, 24_000, 1_400);
        byte[] lines = sequences.lines().getBytes(StandardCharsets.UTF_8);
        try (Sandbox sandbox = Sandbox.start(
                        SandboxSettings.forToken(RelayProcess.TOKEN).withBehaviours(awayOrSlow(), accepted));
                SmallDisk disk = SmallDisk.mount(folder.resolve("data"), 192);
                RelayProcess relay = RelayProcess.in(folder)
                        .postingTo(sandbox.url())
                        .with("VITALLY_LANES", Integer.toString(LANES))
                        .with("VITALLY_BATCH_WINDOW", "200ms")
                        .with("VITALLY_RETRY_MAX", "500ms")
                        .with("RELAY_SHUTDOWN_GRACE", GRACE.toSeconds() + "s")) {
            relay.start();
            awaitReserve(relay);
            disk.fillUpTo(lines.length + MINIMUM + 3 * MEGABYTE);
            relay.drop("messages", "numbers.jsonl", lines);

            // When
            awaitSourcesWait(relay);
            disk.fill();

            // Then
            assertThat(relay.get("/q/health/live").statusCode()).isEqualTo(200);
            assertThat(relay.inbox("messages").resolve("numbers.jsonl")).exists();
            Sums before = relay.sums();
            assertThat(before.read()).isBetween(1L, sequences.messages() - 1L);
            assertThat(before.pending()).isEqualTo(before.read());

            // When
            restartWhileAway(relay, restart);
            away = false;
            if (restart == Restart.KILLED_WHILE_IT_DELIVERS) {
                await().atMost(PATIENCE).until(() -> accepted.count() > 0);
                relay.kill9();
                relay.launch().awaitAddress();
            }

            // Then
            await("the backlog is delivered")
                    .atMost(PATIENCE)
                    .untilAsserted(
                            () -> assertThat(relay.sums()).isEqualTo(new Sums(before.read(), before.read(), 0, 0)));
            awaitSourcesWait(relay);

            // When
            disk.makeRoom();

            // Then
            relay.awaitSettled(sequences.messages(), 0);
            relay.awaitReady();
            sequences.assertCame(
                    accepted.messages(), restart == Restart.KILLED_WHILE_IT_DELIVERS ? ONE_BATCH_A_LANE : 0);
            await().atMost(PATIENCE)
                    .untilAsserted(() ->
                            assertThat(relay.done("messages", "numbers.jsonl")).exists());
            awaitReserve(relay);
        }
    }

    private Behaviour awayOrSlow() {
        return (request, next) -> {
            if (away) {
                return Answer.error(503, "away");
            }
            Thread.sleep(100);
            return next.answer(request);
        };
    }

    private static void restartWhileAway(RelayProcess relay, Restart restart) throws Exception {
        switch (restart) {
            case STOPPED_WHILE_THE_ENDPOINT_IS_AWAY -> {
                relay.askToEnd();
                relay.awaitExit(END);
                relay.launch().awaitAddress();
            }
            case KILLED_WHILE_THE_ENDPOINT_IS_AWAY -> {
                relay.kill9();
                relay.launch().awaitAddress();
            }
            default -> {}
        }
    }

    private static void awaitReserve(RelayProcess relay) {
        Path reserve = relay.data().resolve("spool").resolve("reserve");
        await("the reserve is whole")
                .atMost(PATIENCE)
                .untilAsserted(() -> assertThat(Files.size(reserve)).isEqualTo(RESERVE));
    }

    private static void awaitSourcesWait(RelayProcess relay) {
        await("health says that the disk is full").atMost(PATIENCE).untilAsserted(() -> {
            var health = relay.get("/q/health/ready");
            assertThat(health.statusCode()).isEqualTo(503);
            assertThat(health.body()).contains("every source waits below", "make room");
        });
    }
}

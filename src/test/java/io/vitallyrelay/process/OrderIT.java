package io.vitallyrelay.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vitallyrelay.sandbox.RefusesMessagesThat;
import io.vitallyrelay.sandbox.Sandbox;
import io.vitallyrelay.sandbox.SandboxSettings;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Messages of a user keep their order through retries, splits, a crash, a stop, and another number of lanes each time. */
class OrderIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int ONE_BATCH = 100;

    private final RemembersAccepted accepted = new RemembersAccepted();

    @TempDir
    private Path folder;

    @Test
    void isKeptOverRestartsWithOtherLanes() throws Exception {
        // Given
        long seed = Long.getLong("seed", System.nanoTime());
        System.out.println("OrderIT: -Dseed=" + seed);
        MixedMessages input = new MixedMessages(1, new Sequences(60, 6_000, 0));
        FailsNowAndThen failing = new FailsNowAndThen(seed);
        HangsInTheMiddle endpoint = new HangsInTheMiddle(40);
        try (Sandbox sandbox = Sandbox.start(SandboxSettings.forToken(RelayProcess.TOKEN)
                        .withBehaviours(
                                endpoint,
                                failing,
                                new RefusesMessagesThat(MixedMessages::isForTheEndpointToRefuse),
                                accepted));
                RelayProcess relay = RelayProcess.in(folder)
                        .postingTo(sandbox.url())
                        .with("VITALLY_BATCH_WINDOW", "200ms")
                        .with("VITALLY_RETRY_INITIAL", "100ms")
                        .with("VITALLY_RETRY_MAX", "200ms")) {
            relay.drop("messages", "numbers.jsonl", input.files().get(0));

            // When
            relay.with("VITALLY_LANES", "4").start();
            await().atMost(PATIENCE).until(() -> endpoint.hanging() > 0);
            relay.kill9();
            endpoint.release();
            int before = accepted.count();
            relay.with("VITALLY_LANES", "7").start();
            await().atMost(PATIENCE).pollInterval(Duration.ofMillis(5)).until(() -> accepted.count() > before + 500);
            relay.stop();
            relay.with("VITALLY_LANES", "3").start();

            // Then
            relay.awaitSettled(input.good(), input.bad());
            input.assertCame(accepted.messages(), ONE_BATCH * (4 + 7 + failing.takenWithoutAnswer()));
            input.assertBuried(relay.deadLetters());
            assertThat(sandbox.counts().requestsByStatus()).containsKeys(200, 400, 503);
        }
    }
}

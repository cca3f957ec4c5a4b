package io.vitallyrelay.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vitallyrelay.process.RelayProcess.Sums;
import io.vitallyrelay.sandbox.RefusesMessagesThat;
import io.vitallyrelay.sandbox.Sandbox;
import io.vitallyrelay.sandbox.SandboxSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The service is killed at random moments, of its start too, while a new file comes for each round, all on one data folder.
 * {@code -Drelay.kills=500} is the long run, {@code -Drelay.seed=} repeats the moments of a run.
 */
class RandomKillsIT {
    private static final int KILLS = Integer.getInteger("relay.kills", 50);
    private static final int LANES = 4;
    private static final int ONE_BATCH_A_LANE = 100 * LANES;
    private static final int MESSAGES = 1_000;
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    /** What the service prints before it opens the spool, and behind that. */
    private static final Pattern SETTINGS = Pattern.compile("Settings\\{");

    private static final Pattern RECOVERED = Pattern.compile("messages are pending in the spool");

    private final RemembersAccepted accepted = new RemembersAccepted();

    @TempDir
    private Path folder;

    @Test
    void killsAtRandomMomentsLoseNothing() throws Exception {
        // Given
        long seed = Long.getLong("relay.seed", System.nanoTime());
        System.out.println("RandomKillsIT: -Drelay.kills=" + KILLS + " -Drelay.seed=" + seed);
        Random random = new Random(seed);
        MixedMessages input = new MixedMessages(KILLS, new Sequences(40, KILLS * MESSAGES, 0));
        try (Sandbox sandbox = Sandbox.start(SandboxSettings.forToken(RelayProcess.TOKEN)
                        .withBehaviours(new RefusesMessagesThat(MixedMessages::isForTheEndpointToRefuse), accepted));
                RelayProcess relay = RelayProcess.in(folder)
                        .postingTo(sandbox.url())
                        .with("VITALLY_LANES", Integer.toString(LANES))
                        .with("VITALLY_BATCH_WINDOW", "200ms")) {

            // When
            for (int round = 0; round < KILLS; round++) {
                relay.drop(
                        "messages", "%04d.jsonl".formatted(round), input.files().get(round));
                relay.launch();
                awaitMoment(round, relay, random);
                relay.kill9();
            }
            relay.start();

            // Then
            Sums first = relay.sums();
            assertThat(first.read()).as("%s", first).isEqualTo(first.delivered() + first.dead() + first.pending());
            relay.awaitSettled(input.good(), input.bad());
            assertThat(relay.done("messages", "%04d.jsonl".formatted(KILLS - 1)))
                    .exists();
            input.assertCame(accepted.messages(), KILLS * ONE_BATCH_A_LANE);
            input.assertBuried(relay.deadLetters());
        }
    }

    /** What the service does when it is killed comes in turn, the moment of it is random. */
    private void awaitMoment(int round, RelayProcess relay, Random random) {
        switch (round % 4) {
            case 0 -> // it starts
                pause(random.nextInt(1_000));
            case 1 -> { // it opens the spool, then the routes
                relay.awaitOutput(SETTINGS);
                pause(random.nextInt(200));
            }
            case 2 -> { // it reads the files of this round and of earlier ones
                relay.awaitOutput(RECOVERED);
                pause(random.nextInt(600));
            }
            default -> { // it delivers
                int came = accepted.count() + random.nextInt(MESSAGES);
                await().atMost(PATIENCE)
                        .pollDelay(Duration.ZERO)
                        .pollInterval(Duration.ofMillis(1))
                        .until(() -> accepted.count() >= came);
            }
        }
    }

    private static void pause(int millis) {
        await().pollDelay(Duration.ofMillis(millis)).until(() -> true);
    }
}

package io.vitallyrelay.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vitallyrelay.process.RelayProcess.Sums;
import io.vitallyrelay.sandbox.RefusesMessagesThat;
import io.vitallyrelay.sandbox.Sandbox;
import io.vitallyrelay.sandbox.SandboxSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The service is killed at each step of a message's way, started again, and compared with what the endpoint accepted. What
 * every row asserts: nothing is missing, at most one batch a lane came twice and with the same bytes, the order of each user
 * is kept, the ledger balances, what cannot be delivered is a dead letter once, and the files are in {@code .done}.
 */
@Tag("jvm")
class CrashMatrixIT {
    private static final int LANES = 4;
    private static final int ONE_BATCH_A_LANE = 100 * LANES;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final RemembersAccepted accepted = new RemembersAccepted();

    private static final WayByFailpoints SETTLES_MUCH = relay -> relay.to("delivery.Delivery.answered", 12);

    @TempDir
    private Path folder;

    /** How the service comes to the place where it is killed. */
    @FunctionalInterface
    interface Way {
        void lead(SteppedRelay relay, HangsInTheMiddle endpoint) throws Exception;
    }

    /**
     * A row of the matrix.
     *
     * @param answered batches that the endpoint answers before it hangs
     */
    record Step(String name, int answered, Way way) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Step> steps() {
        return Stream.of(
                step("a record is read and not appended", relay -> relay.to("spool.RecordIntake.message", 1234)),
                step("records are appended and nothing is written yet", relay -> relay.to("spool.local.Store.write")),
                step("records are appended and not written", relay -> relay.to("spool.local.Store.write", 3)),
                step("records are written and not synced", relay -> relay.to("spool.local.Store.sync")),
                step(
                        "all of a file is written, and its source waits for the sync",
                        relay -> relay.to("spool.local.Staging.flush").to("spool.local.Store.sync")),
                step("a file is durable and not moved", relay -> relay.to("source.file.camel.FilesComponent.moveTo")),
                step("a file is moved and its unit not forgotten", relay -> relay.to("source.file.FileReading.forget")),
                step(
                        "a unit is forgotten, which is written and not synced",
                        relay -> relay.to("source.file.FileReading.forget")
                                .to("spool.local.Store.write")
                                .to("spool.local.Staging.written")),
                step("a batch is built", relay -> relay.to("delivery.camel.DeliverySteps.delivery", 5)),
                step("the body of a request is made", relay -> relay.to("delivery.Batch.body", 5)),
                unanswered("requests are sent and not answered"),
                step("an answer came and is not settled", relay -> relay.to("delivery.Delivery.answered", 5)),
                step(
                        "what an answer settles is staged and not written",
                        relay -> relay.to("delivery.Delivery.answered", 5)
                                .inTheSameThreadTo("spool.local.Staging.settle")
                                .to("spool.local.Store.write")),
                step(
                        "what an answer settles is written, and its lane does not know",
                        relay -> relay.to("spool.local.Staging.settle", 5).to("spool.local.Staging.written")),
                step(
                        "half of a split is settled",
                        relay -> relay.to("delivery.Delivery.split")
                                .inTheSameThreadTo("delivery.Delivery.settle")
                                .inTheSameThreadTo("delivery.Delivery.nextBody")),
                step(
                        "a dead letter of the endpoint's is staged and not written",
                        relay -> relay.to("delivery.Delivery.bury")
                                .to("spool.local.Stage.bury")
                                .to("spool.local.Store.write")),
                step(
                        "a dead letter of the endpoint's is written, and its lane does not know",
                        relay -> relay.to("delivery.Delivery.bury")
                                .to("spool.local.Stage.bury")
                                .to("spool.local.Store.write")
                                .to("spool.local.Staging.written")),
                step(
                        "a dead letter of a source's is written",
                        relay -> relay.to("source.RecordInHand.bury")
                                .to("spool.local.Stage.bury")
                                .to("spool.local.Store.write")
                                .to("spool.local.Staging.written")),
                step(
                        "at the start that recovers, and at the next one too",
                        relay -> delivering(relay)
                                .crashAndStart()
                                .to("spool.local.Store.readUnits")
                                .crashAndStart()
                                .to("spool.local.Staging.recover")),
                step(
                        "at the start that recovers, when its first commit is written",
                        relay -> delivering(relay).crashAndStart().to("spool.local.Store.write")),
                new Step("at the stop, while batches are sent", 8, (relay, endpoint) -> {
                    relay.until(() -> endpoint.hanging() == LANES).sigterm().to("delivery.UnderWay.awaitNone");
                    // the requests end without an answer, and are sent again
                    endpoint.release();
                    relay.to("delivery.Delivery.answered");
                }),
                step(
                        "at the stop, before the spool takes no more",
                        relay -> delivering(relay).sigterm().to("spool.local.Staging.close")),
                step(
                        "at the stop, before the store is closed",
                        relay -> delivering(relay).sigterm().to("spool.local.Store.close")));
    }

    private static SteppedRelay delivering(SteppedRelay relay) throws Exception {
        return relay.to("delivery.Delivery.answered", 5);
    }

    @FunctionalInterface
    private interface WayByFailpoints {
        void lead(SteppedRelay relay) throws Exception;
    }

    private static Step step(String name, WayByFailpoints way) {
        return new Step(name, Integer.MAX_VALUE, (relay, endpoint) -> way.lead(relay));
    }

    private static Step unanswered(String name) {
        return new Step(name, 8, (relay, endpoint) -> relay.until(() -> endpoint.hanging() == LANES));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("steps")
    void aCrashLosesNothing(Step step) throws Exception {
        // Given
        MixedMessages input = new MixedMessages(2, new Sequences(40, 3_000, 0));

        // When
        int crashes = crashAndRecover(input, MessageFiles.JSON_LINES, step, Left.ALL_WRITTEN);

        // Then
        input.assertCame(accepted.messages(), crashes * ONE_BATCH_A_LANE);
    }

    static Stream<Arguments> stepsOfSources() {
        return Stream.of(MessageFiles.ZIPPED, MessageFiles.CSV)
                .flatMap(kind -> Stream.of(
                                step(
                                        "a record is read and not appended",
                                        relay -> relay.to("spool.RecordIntake.message", 1234)),
                                step(
                                        "records are appended and not written",
                                        relay -> relay.to("spool.local.Store.write", 3)),
                                step(
                                        "all of a file is written, and its source waits for the sync",
                                        relay -> relay.to("spool.local.Staging.flush")
                                                .to("spool.local.Store.sync")),
                                step(
                                        "a file is durable and not moved",
                                        relay -> relay.to("source.file.camel.FilesComponent.moveTo")))
                        .map(step -> Arguments.of(kind, step)));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("stepsOfSources")
    void aCrashLosesNothingOfOtherFiles(MessageFiles kind, Step step) throws Exception {
        // Given
        MixedMessages input = new MixedMessages(2, new Sequences(40, 3_000, 0));

        // When
        int crashes = crashAndRecover(input, kind, step, Left.ALL_WRITTEN);

        // Then
        input.assertCame(accepted.messages(), crashes * ONE_BATCH_A_LANE);
    }

    @Test
    void aCrashWhileTheStoreIsCompactedLosesNothing() throws Exception {
        // Given more than the 64 MB that are settled between two compactions
        MixedMessages input = new MixedMessages(1, new Sequences(40, 2_500, 30_000));
        Step compaction = step(
                "compaction",
                relay -> relay.to("spool.local.Store.compact").to("org.h2.mvstore.FileStore.compactRewrite"));

        // When
        int crashes = crashAndRecover(input, MessageFiles.JSON_LINES, compaction, Left.ALL_WRITTEN);

        // Then
        input.assertCame(accepted.messages(), crashes * ONE_BATCH_A_LANE);
    }

    static Stream<Step> stepsForPower() {
        return Stream.of(
                step("records are written and not synced", relay -> relay.to("spool.local.Store.sync", 2)),
                step("a file is moved and its unit not forgotten", relay -> relay.to("source.file.FileReading.forget")),
                step("messages are delivered", SETTLES_MUCH));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("stepsForPower")
    void aLossOfPowerLosesNothing(Step step) throws Exception {
        // Given
        MixedMessages input = new MixedMessages(2, new Sequences(40, 3_000, 0));

        // When
        crashAndRecover(input, MessageFiles.JSON_LINES, step, Left.LAST_SYNC);

        // Then all that was delivered since the last sync may come again
        input.assertCame(accepted.messages(), input.good());
    }

    @Test
    void recordsThatAreReadAgainBecomeTheSameMessages() throws Exception {
        // Given a file that does not fit into the spool, so that the service is in its middle while it delivers
        MixedMessages input = new MixedMessages(1, new Sequences(40, 6_000, 4_000));

        // When
        crashAndRecover(input, MessageFiles.JSON_LINES, step("messages are delivered", SETTLES_MUCH), Left.FIRST_SYNC);

        // Then
        assertThat(accepted.count()).as("messages that came, with repeats").isGreaterThan(input.good());
        input.assertCame(accepted.messages(), input.good());
    }

    /** What a crash leaves of the spool. */
    private enum Left {
        ALL_WRITTEN,
        /** A loss of power. */
        LAST_SYNC,
        /** An older copy, for a file that is still in the inbox. */
        FIRST_SYNC
    }

    /**
     * With one file in the inbox before the crash, and the others after it.
     *
     * @return how often it crashed
     */
    private int crashAndRecover(MixedMessages input, MessageFiles kind, Step step, Left left) throws Exception {
        HangsInTheMiddle endpoint = new HangsInTheMiddle(step.answered());
        try (Sandbox sandbox = Sandbox.start(SandboxSettings.forToken(RelayProcess.TOKEN)
                        .withBehaviours(
                                endpoint, new RefusesMessagesThat(MixedMessages::isForTheEndpointToRefuse), accepted));
                RelayProcess relay = RelayProcess.in(folder)
                        .postingTo(sandbox.url())
                        .with(
                                "RELAY_ROUTES",
                                MessageFiles.copyRoutesTo(folder.resolve("routes"))
                                        .toString())
                        .with("VITALLY_LANES", Integer.toString(LANES))
                        .with("RELAY_SPOOL_MAX_BYTES", "16MiB")
                        .with("VITALLY_BATCH_WINDOW", "200ms")) {
            drop(input, kind, 0, relay);
            int crashes = crash(relay, step, endpoint, left);
            for (int file = 1; file < input.files().size(); file++) {
                drop(input, kind, file, relay);
            }
            endpoint.release();
            relay.start();
            assertBalanced(relay.sums());
            relay.awaitSettled(input.good(), input.bad());
            assertMoved(input, kind, relay);
            input.assertBuried(relay.deadLetters());
            return crashes;
        }
    }

    private int crash(RelayProcess relay, Step step, HangsInTheMiddle endpoint, Left left) throws Exception {
        SyncedSpool synced = new SyncedSpool(relay, folder.resolve("synced"));
        try (SteppedRelay stepped = new SteppedRelay(relay)) {
            switch (left) {
                case ALL_WRITTEN -> {}
                case LAST_SYNC -> stepped.onEach(SyncedSpool.FAILPOINT, synced::keep);
                case FIRST_SYNC -> stepped.onEach(SyncedSpool.FAILPOINT, synced::keepFirst);
            }
            step.way().lead(stepped, endpoint);
            stepped.crash();
            if (left != Left.ALL_WRITTEN) {
                synced.restore();
            }
            return stepped.crashes();
        }
    }

    private static void drop(MixedMessages input, MessageFiles kind, int file, RelayProcess relay) throws IOException {
        relay.drop(
                kind.integration(), kind.name(file), kind.content(input.files().get(file)));
    }

    private static void assertMoved(MixedMessages input, MessageFiles kind, RelayProcess relay) throws IOException {
        for (int file = 0; file < input.files().size(); file++) {
            Path done = relay.done(kind.integration(), kind.name(file));
            await().atMost(PATIENCE).untilAsserted(() -> assertThat(done).exists());
        }
        assertThat(relay.inbox(kind.integration()).resolve(".failed")).doesNotExist();
    }

    private static void assertBalanced(Sums sums) {
        assertThat(sums.read()).as("%s", sums).isEqualTo(sums.delivered() + sums.dead() + sums.pending());
    }
}

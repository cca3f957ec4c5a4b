package io.vitallyrelay.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.vitallyrelay.QueueClient;
import io.vitallyrelay.process.RelayProcess.Sums;
import io.vitallyrelay.sandbox.Broker;
import io.vitallyrelay.sandbox.RefusesMessagesThat;
import io.vitallyrelay.sandbox.Sandbox;
import io.vitallyrelay.sandbox.SandboxSettings;
import io.vitallyrelay.settings.JmsProtocol;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The rows of {@link CrashMatrixIT} for queues: the service is killed at each step between the broker and the spool. What was
 * not committed comes again, and at most that and one batch a lane is sent twice, with the same ids.
 */
@Tag("jvm")
class QueueCrashIT {
    private static final String QUEUE = "vitally.messages";
    private static final int LANES = 4;
    private static final int ONE_BATCH_A_LANE = 100 * LANES;
    private static final int IN_ONE_TRANSACTION = 100;
    private static final int SOON = 240;
    private static final int THIRD = 3;
    private static final String COMMIT = "org.springframework.jms.support.JmsUtils.commitIfNecessary";
    private static final String RECEIVE =
            "org.springframework.jms.listener.AbstractPollingMessageListenerContainer.receiveMessage";
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final RemembersAccepted accepted = new RemembersAccepted();

    @TempDir
    private Path folder;

    @FunctionalInterface
    interface Way {
        void lead(SteppedRelay relay) throws Exception;
    }

    record Step(JmsProtocol protocol, String name, Way way) {
        @Override
        public String toString() {
            return protocol + ", " + name;
        }
    }

    static Stream<Step> steps() {
        return Stream.concat(
                Stream.of(JmsProtocol.values()).flatMap(QueueCrashIT::stepsOfEach), stepsOfOne(JmsProtocol.CORE));
    }

    /** Those at which the broker has handed out messages, or is told that they are taken. */
    private static Stream<Step> stepsOfEach(JmsProtocol protocol) {
        return Stream.of(
                new Step(
                        protocol,
                        "a message in the middle of a transaction is received and not read",
                        relay -> relay.to("source.queue.QueueMessage.of", SOON)),
                new Step(
                        protocol,
                        "messages are written and not synced",
                        relay -> relay.to("spool.local.Staging.flush", THIRD).to("spool.local.Store.sync")),
                new Step(protocol, "messages are durable and not committed", relay -> relay.to(COMMIT, THIRD)),
                new Step(
                        protocol,
                        "messages are committed, and the next not received",
                        relay -> relay.to(COMMIT, THIRD).inTheSameThreadTo(RECEIVE)));
    }

    /** The others: the protocol has no part in them. */
    private static Stream<Step> stepsOfOne(JmsProtocol protocol) {
        return Stream.of(
                new Step(
                        protocol,
                        "a dead letter is durable and its message not committed",
                        relay -> relay.to("source.RecordInHand.bury").inTheSameThreadTo(COMMIT)),
                new Step(
                        protocol,
                        "a message is checked and not appended",
                        relay -> relay.to("message.Contract.admit", SOON)),
                new Step(
                        protocol,
                        "messages are appended and not flushed",
                        relay -> relay.to("spool.local.Staging.flush", THIRD)),
                new Step(
                        protocol,
                        "a dead letter is appended and not flushed",
                        relay -> relay.to("source.RecordInHand.bury").inTheSameThreadTo("spool.local.Staging.flush")),
                new Step(
                        protocol,
                        "at the start that recovers, before a message is committed",
                        relay -> relay.to(COMMIT, THIRD).crashAndStart().to(COMMIT)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("steps")
    void aCrashLosesNothing(Step step) throws Exception {
        // Given
        MixedMessages input = new MixedMessages(1, new Sequences(40, 800, 0));
        try (Broker broker = Broker.start(folder.resolve("broker"), 0);
                QueueClient client = new QueueClient(
                        new ActiveMQConnectionFactory(broker.url().toString()), QUEUE);
                Sandbox sandbox = Sandbox.start(SandboxSettings.forToken(RelayProcess.TOKEN)
                        .withBehaviours(new RefusesMessagesThat(MixedMessages::isForTheEndpointToRefuse), accepted));
                RelayProcess relay = RelayProcess.in(folder)
                        .postingTo(sandbox.url())
                        .with("RELAY_JMS_URL", url(broker, step.protocol()))
                        .with("RELAY_JMS_PROTOCOL", step.protocol().name())
                        .with("VITALLY_LANES", Integer.toString(LANES))
                        .with("VITALLY_BATCH_WINDOW", "200ms")) {
            client.text(input.files().get(0).lines().toList());

            // When
            int crashes = crash(relay, step);
            relay.start();

            // Then
            int again = crashes * IN_ONE_TRANSACTION;
            await().atMost(PATIENCE)
                    .until(() -> broker.messages(QUEUE) == 0 && relay.sums().pending() == 0);
            Sums sums = relay.sums();
            assertThat(sums.read()).as("%s", sums).isEqualTo(sums.delivered() + sums.dead());
            assertThat(sums.read())
                    .isBetween((long) input.good() + input.bad(), (long) input.good() + input.bad() + again);
            input.assertCame(accepted.messages(), again + crashes * ONE_BATCH_A_LANE);
            assertBuried(input, relay.deadLetters(), again);
            assertThat(broker.messages(Broker.DEAD_LETTERS)).isZero();
        }
    }

    private static String url(Broker broker, JmsProtocol protocol) {
        return switch (protocol) {
            case CORE -> broker.url().toString();
            case AMQP -> broker.amqpUrl().toString();
        };
    }

    private static int crash(RelayProcess relay, Step step) throws Exception {
        try (SteppedRelay stepped = new SteppedRelay(relay)) {
            step.way().lead(stepped);
            stepped.crash();
            return stepped.crashes();
        }
    }

    private static void assertBuried(MixedMessages input, JsonNode letters, int again) {
        List<String> origins = StreamSupport.stream(letters.spliterator(), false)
                .map(letter -> letter.path("origin").toString())
                .toList();
        assertThat(origins.stream().distinct()).hasSize(input.bad());
        assertThat(origins).hasSizeLessThanOrEqualTo(input.bad() + again);
    }
}

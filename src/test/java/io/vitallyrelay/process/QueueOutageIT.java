package io.vitallyrelay.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.vitallyrelay.QueueClient;
import io.vitallyrelay.sandbox.Broker;
import io.vitallyrelay.sandbox.Sandbox;
import io.vitallyrelay.sandbox.SandboxSettings;
import jakarta.jms.JMSException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.StreamSupport;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The broker is away, comes back, or is not there at all; and the spool is full while messages wait in their queue. */
class QueueOutageIT {
    private static final String QUEUE = "vitally.messages";
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int ONE_TRANSACTION = 100;

    private final RemembersAccepted accepted = new RemembersAccepted();

    @TempDir
    private Path folder;

    private BrokerProcess broker;

    enum Protocol {
        CORE {
            @Override
            String url(BrokerProcess... brokers) {
                return brokers.length == 1 ? brokers[0].url() : "(" + brokers[0].url() + "," + brokers[1].url() + ")";
            }
        },
        AMQP {
            @Override
            String url(BrokerProcess... brokers) {
                return brokers.length == 1
                        ? brokers[0].amqpUrl()
                        : "failover:(" + brokers[0].amqpUrl() + "," + brokers[1].amqpUrl() + ")";
            }
        };

        abstract String url(BrokerProcess... brokers);
    }

    @BeforeEach
    void makeBroker() {
        broker = new BrokerProcess(folder.resolve("broker"));
    }

    @ParameterizedTest
    @EnumSource
    void aBrokerThatIsKilledAndStartedAgainLosesNothing(Protocol protocol) throws Exception {
        // Given
        Sequences sequences = new Sequences(20, 1_000, 0);
        try (BrokerProcess ignored = broker.start();
                Sandbox sandbox = sandbox();
                RelayProcess relay = relay(sandbox.url())
                        .with("RELAY_JMS_URL", protocol.url(broker))
                        .with("RELAY_JMS_PROTOCOL", protocol.name())) {
            send(broker, sequences.lines().lines().toList());
            relay.start();
            await().atMost(PATIENCE).until(() -> accepted.count() > 100);

            // When
            broker.kill9();
            await().atMost(PATIENCE).until(() -> !isConnected(relay));
            broker.start();

            // Then
            awaitDistinct(sequences.messages());
            sequences.assertCame(accepted.messages(), ONE_TRANSACTION);
            await().atMost(PATIENCE).until(() -> isConnected(relay));
            assertThat(relay.output().lines().filter(line -> line.contains("No connection to the JMS broker")))
                    .hasSize(1);
        }
    }

    @ParameterizedTest
    @EnumSource
    void theServiceStartsWithoutItsBrokerAndFindsItLater(Protocol protocol) throws Exception {
        // Given
        try (BrokerProcess ignored = broker;
                Sandbox sandbox = sandbox();
                RelayProcess relay = relay(sandbox.url())
                        .with("RELAY_JMS_URL", protocol.url(broker))
                        .with("RELAY_JMS_PROTOCOL", protocol.name())
                        .start()) {
            relay.drop("messages", "one.jsonl", "{\"type\":\"organization\",\"organizationId\":\"file\"}");
            relay.awaitSettled(1, 0);
            boolean before = isConnected(relay);

            // When
            broker.start();
            send(broker, List.of("{\"type\":\"organization\",\"organizationId\":\"queue\"}"));

            // Then
            relay.awaitSettled(2, 0);
            assertThat(before).isFalse();
            assertThat(isConnected(relay)).isTrue();
        }
    }

    @ParameterizedTest
    @EnumSource
    void theOtherBrokerOfAFailoverUrlTakesOver(Protocol protocol) throws Exception {
        // Given
        try (BrokerProcess first = broker.start();
                BrokerProcess second = new BrokerProcess(folder.resolve("second")).start();
                Sandbox sandbox = sandbox();
                RelayProcess relay = relay(sandbox.url())
                        .with("RELAY_JMS_URL", protocol.url(first, second))
                        .with("RELAY_JMS_PROTOCOL", protocol.name())) {
            send(first, List.of("{\"type\":\"organization\",\"organizationId\":\"first\"}"));
            send(second, List.of("{\"type\":\"organization\",\"organizationId\":\"second\"}"));
            relay.start();
            relay.awaitSettled(1, 0);
            boolean isFirst = accepted.messages().get(0).message().toString().contains("first");

            // When
            (isFirst ? first : second).kill9();

            // Then
            relay.awaitSettled(2, 0);
        }
    }

    @Test
    void withoutABrokerAllElseRunsAndTheLogNamesWhatDoesNot() throws Exception {
        // Given
        try (Sandbox sandbox = sandbox();
                RelayProcess relay = relay(sandbox.url())) {

            // When
            relay.start();
            relay.drop("messages", "one.jsonl", "{\"type\":\"organization\",\"organizationId\":\"file\"}");

            // Then
            relay.awaitSettled(1, 0);
            List<String> complaints = relay.output()
                    .lines()
                    .filter(line -> line.contains("WARN") || line.contains("ERROR"))
                    .toList();
            assertThat(complaints)
                    .allMatch(line -> line.contains("is not started") || line.contains("not started are"));
            assertThat(complaints)
                    .filteredOn(line -> line.contains("relay.jms"))
                    .singleElement()
                    .asString()
                    .endsWith("relay.jms.url is not set: not started are messages-queue, users-jms");
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aFullSpoolMakesTheQueueWaitAndNotTheBrokerGiveUp(boolean restarted) throws Exception {
        // Given 40 MB for a spool of 16 MiB, and nobody to send to
        Sequences sequences = new Sequences(20, 2_000, 20_000);
        URI away;
        try (Sandbox sandbox = sandbox()) {
            away = sandbox.url();
        }
        try (Broker queues = Broker.start(folder.resolve("broker"), 0);
                RelayProcess relay = relay(away)
                        .with("RELAY_JMS_URL", queues.url().toString())
                        .with("RELAY_SPOOL_MAX_BYTES", "16MiB")
                        .with("VITALLY_RETRY_MAX", "1s")) {
            try (QueueClient client =
                    new QueueClient(new ActiveMQConnectionFactory(queues.url().toString()), QUEUE)) {
                client.text(sequences.lines().lines().toList());
            }
            relay.start();
            await().atMost(PATIENCE).until(() -> isFull(relay));
            long waiting = queues.messages(QUEUE);

            // When
            if (restarted) {
                relay.stop();
                relay.start();
            }
            try (Sandbox back = Sandbox.start(SandboxSettings.forToken(RelayProcess.TOKEN)
                    .withBehaviours(accepted)
                    .onPort(away.getPort()))) {

                // Then
                awaitDistinct(sequences.messages());
                sequences.assertCame(accepted.messages(), ONE_TRANSACTION);
                assertThat(waiting).isGreaterThan(1_000);
                assertThat(queues.messages(Broker.DEAD_LETTERS)).isZero();
                assertThat(back.counts().messages()).isPositive();
            }
        }
    }

    private Sandbox sandbox() throws IOException {
        return Sandbox.start(SandboxSettings.forToken(RelayProcess.TOKEN).withBehaviours(accepted));
    }

    private RelayProcess relay(URI url) {
        return RelayProcess.in(folder).postingTo(url).with("VITALLY_BATCH_WINDOW", "200ms");
    }

    private static void send(BrokerProcess broker, List<String> texts) throws JMSException {
        try (QueueClient client = new QueueClient(new ActiveMQConnectionFactory(broker.url()), QUEUE)) {
            client.text(texts);
        }
    }

    private void awaitDistinct(int messages) {
        await().atMost(PATIENCE)
                .until(() -> accepted.messages().stream()
                                .map(RemembersAccepted.Accepted::id)
                                .distinct()
                                .count()
                        == messages);
    }

    private static boolean isConnected(RelayProcess relay) throws Exception {
        return check(relay, "jms-broker").path("data").path("connected").booleanValue();
    }

    private static boolean isFull(RelayProcess relay) throws Exception {
        return check(relay, "spool").path("data").path("full").booleanValue();
    }

    private static JsonNode check(RelayProcess relay, String name) throws Exception {
        return StreamSupport.stream(relay.json("/q/health/ready").path("checks").spliterator(), false)
                .filter(check -> check.path("name").asText().equals(name))
                .findFirst()
                .orElseThrow();
    }
}

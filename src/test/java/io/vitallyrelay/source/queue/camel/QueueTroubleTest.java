package io.vitallyrelay.source.queue.camel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vitallyrelay.AmqpSender;
import io.vitallyrelay.BrokerWithRights;
import io.vitallyrelay.BrokerWithoutTransactions;
import io.vitallyrelay.QueueClient;
import io.vitallyrelay.source.camel.SourceRoutes;
import io.vitallyrelay.spool.UnitCounts;
import jakarta.jms.ConnectionFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Date;
import java.util.Map;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;
import org.apache.camel.builder.RouteBuilder;
import org.apache.qpid.jms.JmsConnectionFactory;
import org.apache.qpid.proton.amqp.messaging.AmqpValue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Queues that cannot be read although there is a broker. */
@Timeout(120)
class QueueTroubleTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String ONE = "{\"organizationId\":\"o1\"}";

    @TempDir
    private Path folder;

    private BrokerWithRights broker;
    private SourceRoutes routes;

    enum Protocol {
        CORE {
            @Override
            ConnectionFactory connections(BrokerWithRights broker) {
                return new ActiveMQConnectionFactory(broker.url(), "relay", "secret");
            }
        },
        AMQP {
            @Override
            ConnectionFactory connections(BrokerWithRights broker) {
                return new JmsConnectionFactory("relay", "secret", broker.amqpUrl());
            }
        };

        abstract ConnectionFactory connections(BrokerWithRights broker);
    }

    @BeforeEach
    void open() throws Exception {
        broker = BrokerWithRights.start(folder.resolve("broker"), "vitally.ok", "vitally.no");
        routes = new SourceRoutes(folder);
    }

    @AfterEach
    void close() throws Exception {
        routes.close();
        broker.close();
    }

    @ParameterizedTest
    @EnumSource
    void tellsOfAQueueThatItMayNotReadForAsLongAsItLasts(Protocol protocol) throws Exception {
        // Given
        broker.deny("vitally.no");
        start(protocol, "vitally.ok", "vitally.no");
        try (QueueClient sender = new QueueClient(protocol.connections(broker), "vitally.ok")) {
            sender.text(ONE);
        }

        // When
        await().atMost(PATIENCE).until(() -> !routes.states.all().isEmpty());
        await().atMost(PATIENCE).until(() -> routes.spool.units().size() == 1);
        String problem = onlyProblem("queue vitally.no");
        broker.allow("vitally.no");

        // Then
        assertThat(problem).contains("relay.jms.user");
        await().atMost(PATIENCE).until(() -> routes.states.all().isEmpty());
    }

    @ParameterizedTest
    @EnumSource
    void tellsOfAQueueThatIsNotThere(Protocol protocol) throws Exception {
        // When
        start(protocol, "vitally.missing");

        // Then
        await().atMost(PATIENCE).until(() -> !routes.states.all().isEmpty());
        assertThat(onlyProblem("queue vitally.missing")).contains("make the queue");
    }

    @Test
    void tellsThatABrokerHasNoTransactions() throws Exception {
        try (BrokerWithoutTransactions other = new BrokerWithoutTransactions()) {
            // When
            start(new JmsConnectionFactory(other.url()), "vitally.ok");

            // Then
            await().atMost(PATIENCE).until(() -> !routes.states.all().isEmpty());
            assertThat(onlyProblem("queue vitally.ok"))
                    .isEqualTo("cannot be read: no transactions [condition = amqp:not-implemented];"
                            + " the service needs a broker with transactions; over AMQP not all have them");
            routes.camel.stop();
        }
    }

    @Test
    void countsTheNeighboursOnceOfAMessageThatTheBrokerCannotConvert() throws Exception {
        // Given
        AmqpSender sender = new AmqpSender(broker.amqpUrl(), "vitally.ok");
        sender.send(
                AmqpSender.message("bad", new AmqpValue(ONE), Map.of("ts", new Date(0))),
                AmqpSender.message("next", new AmqpValue(ONE), Map.of()));

        // When
        start(Protocol.CORE, "vitally.ok");

        // Then
        await().atMost(PATIENCE).until(() -> !routes.states.all().isEmpty());
        assertThat(onlyProblem("queue vitally.ok")).contains("relay.jms.protocol=amqp");
        await().during(Duration.ofSeconds(4))
                .atMost(PATIENCE)
                .untilAsserted(() -> assertThat(routes.spool.units())
                        .singleElement()
                        .extracting(UnitCounts::read)
                        .isEqualTo(1L));
    }

    private String onlyProblem(String source) {
        assertThat(routes.states.all()).singleElement().satisfies(state -> {
            assertThat(state.integration()).isEqualTo("organizations");
            assertThat(state.source()).isEqualTo(source);
        });
        return routes.states.all().get(0).problem();
    }

    private void start(Protocol protocol, String... queues) throws Exception {
        start(protocol.connections(broker), queues);
    }

    private void start(ConnectionFactory connections, String... queues) throws Exception {
        routes.withBroker(connections);
        routes.withDeadLetters();
        routes.start(new RouteBuilder() {
            @Override
            public void configure() {
                for (String queue : queues) {
                    from("kamelet:jms-queue-source?integration=organizations&queue=" + queue)
                            .to("kamelet:vitally-sink?type=organization");
                }
            }
        });
    }
}

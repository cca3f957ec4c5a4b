package io.vitallyrelay.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vitallyrelay.source.SourceState;
import io.vitallyrelay.source.SourceStates;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.CamelContext;
import org.apache.camel.Consumer;
import org.apache.camel.Endpoint;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultComponent;
import org.apache.camel.support.ScheduledPollConsumer;
import org.apache.camel.support.ScheduledPollEndpoint;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class PollersTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final long LONG_AFTER = Duration.ofMinutes(10).toNanos();

    private final CamelContext camel = new DefaultCamelContext();
    private final SourceStates states = new SourceStates(InstantSource.fixed(Instant.EPOCH));
    private final Pollers pollers = new Pollers(camel, states);
    private final AtomicInteger polls = new AtomicInteger();
    /** The poll, counted from 1, that ends by an error. */
    private volatile int failsAt = Integer.MAX_VALUE;

    @BeforeEach
    void start() {
        camel.addComponent("polled", new Polled());
        camel.start();
    }

    @AfterEach
    void close() throws Exception {
        camel.close();
    }

    @Test
    void startsAPollerAgainThatEndedByAnError() throws Exception {
        // Given
        failsAt = 3;
        addRoute();
        await().atMost(PATIENCE).until(() -> polls.get() == 3);
        int before = polls.get();
        pollers.look(0);

        // When
        pollers.look(LONG_AFTER);

        // Then
        assertThat(states.all()).singleElement().satisfies(state -> {
            assertThat(state.integration()).isEqualTo("orders");
            assertThat(state.down()).isTrue();
        });
        await().atMost(PATIENCE).until(() -> polls.get() > before);
        await().atMost(PATIENCE).untilAsserted(() -> {
            pollers.look(LONG_AFTER + 1);
            assertThat(states.all()).extracting(SourceState::problem).isEmpty();
        });
    }

    @Test
    void leavesAPollerAloneThatRuns() throws Exception {
        // Given
        addRoute();
        await().atMost(PATIENCE).until(() -> polls.get() > 1);
        pollers.look(0);
        int before = polls.get();
        await().atMost(PATIENCE).until(() -> polls.get() > before + 1);

        // When
        pollers.look(LONG_AFTER);

        // Then
        assertThat(states.all()).isEmpty();
    }

    @Test
    void leavesAPollerAloneThatIsSuspended() throws Exception {
        // Given
        addRoute();
        await().atMost(PATIENCE).until(() -> polls.get() > 1);
        camel.getRouteController().suspendRoute("orders");
        pollers.look(0);

        // When
        pollers.look(LONG_AFTER);

        // Then
        assertThat(states.all()).isEmpty();
    }

    private void addRoute() throws Exception {
        camel.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("polled:orders?delay=10&initialDelay=0").routeId("orders").log("x");
            }
        });
    }

    private final class Polled extends DefaultComponent {
        @Override
        protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters) {
            return new ScheduledPollEndpoint(uri, this) {
                @Override
                public Producer createProducer() {
                    throw new UnsupportedOperationException();
                }

                @Override
                public Consumer createConsumer(Processor processor) throws Exception {
                    ScheduledPollConsumer consumer = new ScheduledPollConsumer(this, processor) {
                        @Override
                        protected int poll() {
                            if (polls.incrementAndGet() == failsAt) {
                                throw new StackOverflowError();
                            }
                            return 0;
                        }
                    };
                    configureConsumer(consumer);
                    return consumer;
                }
            };
        }
    }
}

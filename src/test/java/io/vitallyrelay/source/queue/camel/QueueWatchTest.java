package io.vitallyrelay.source.queue.camel;

import static org.assertj.core.api.Assertions.assertThat;

import io.vitallyrelay.source.SourceState;
import io.vitallyrelay.source.SourceStates;
import jakarta.jms.InvalidDestinationException;
import jakarta.jms.JMSException;
import jakarta.jms.JMSSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class QueueWatchTest {
    private static final JMSException DENIED = new JMSSecurityException("AMQ229032: no permission\nCONSUME");
    private static final JMSException CLOSED = new JMSException("AMQ219017: Consumer is closed");

    private final SourceStates states = new SourceStates(InstantSource.fixed(Instant.EPOCH));
    private final List<String> log = new ArrayList<>();
    private long now;
    private final QueueWatch watch =
            new QueueWatch(states, "users", "vitally.users", () -> now, (level, text) -> log.add(level + " " + text));

    @Test
    void tellsOnceThatItMayNotReadAQueueAndWhatToDo() {
        // When
        watch.failed(DENIED);
        watch.failed(DENIED);

        // Then
        assertThat(log)
                .containsExactly(
                        "WARN Queue vitally.users of users cannot be read: AMQ229032: no permission CONSUME;"
                                + " grant the right to consume from it to the user of relay.jms.user; tried again until it can be");
    }

    @Test
    void keepsTheProblemForHealth() {
        // When
        watch.failed(DENIED);

        // Then
        assertThat(states.all()).singleElement().satisfies(state -> {
            assertThat(state.integration()).isEqualTo("users");
            assertThat(state.source()).isEqualTo("queue vitally.users");
            assertThat(state.problem()).contains("AMQ229032");
            assertThat(state.down()).isFalse();
        });
    }

    @Test
    void tellsOnceThatTheQueueIsReadAgain() {
        // Given
        watch.failed(DENIED);
        after(Duration.ofSeconds(15));
        watch.subscribed();
        after(Duration.ofSeconds(6));

        // When
        watch.alive();
        watch.alive();

        // Then
        assertThat(log)
                .filteredOn(line -> line.startsWith("INFO"))
                .containsExactly("INFO Queue vitally.users of users is read again");
    }

    @Test
    void doesNotBelieveAConsumerThatIsNew() {
        // Given
        watch.failed(DENIED);
        after(Duration.ofSeconds(15));
        watch.subscribed();

        // When
        watch.alive();

        // Then
        assertThat(states.all()).hasSize(1);
    }

    @Test
    void leavesTheEndOfAConnectionToWhoWatchesConnections() {
        // When
        boolean more = watch.failed(CLOSED);

        // Then
        assertThat(more).isFalse();
        assertThat(log).isEmpty();
    }

    @Test
    void tellsOfConsumersThatAreClosedAgainAndAgain() {
        // When
        watch.failed(CLOSED);
        watch.failed(CLOSED);

        // Then
        assertThat(states.all())
                .singleElement()
                .extracting(SourceState::problem)
                .asString()
                .contains("AMQ219017: Consumer is closed")
                .contains("relay.jms.protocol=amqp");
    }

    @Test
    void tellsTroublesApart() {
        assertThat(List.of(
                        DENIED,
                        new InvalidDestinationException("AMQ229017: Queue x does not exist"),
                        new JMSException("Could not open the coordinator [condition = amqp:not-implemented]"),
                        CLOSED,
                        new JMSException("something else")))
                .extracting(QueueWatch::trouble)
                .containsExactly(QueueWatch.Trouble.values());
    }

    private void after(Duration time) {
        now += time.toNanos();
    }
}

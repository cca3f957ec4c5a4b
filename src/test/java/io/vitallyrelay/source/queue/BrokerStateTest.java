package io.vitallyrelay.source.queue;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class BrokerStateTest {
    private final BrokerState state = new BrokerState("no connection yet");

    @Test
    void beginsWithoutAConnection() {
        // Then
        assertThat(state.problem()).contains("no connection yet");
    }

    @Test
    void isNewsOnceInEachOutage() {
        // When
        List<Boolean> news = List.of(
                state.failed("refused"),
                state.failed("refused"),
                state.connected(),
                state.connected(),
                state.failed("reset"),
                state.failed("refused"),
                state.connected());

        // Then
        assertThat(news).containsExactly(true, false, true, false, true, false, true);
    }

    @Test
    void hasTheLatestProblem() {
        // Given
        state.failed("reset");

        // When
        state.failed("refused");

        // Then
        assertThat(state.problem()).contains("refused");
    }

    @Test
    void hasNoProblemWhileItIsConnected() {
        // Given
        state.failed("refused");

        // When
        state.connected();

        // Then
        assertThat(state.problem()).isEmpty();
    }
}

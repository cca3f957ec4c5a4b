package io.vitallyrelay.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** 60,000 messages are 600 requests; the endpoint takes 200 ms for each and says {@code Retry-After: 1} when it refuses. */
class PaceTest {
    private static final Duration ASKED = Duration.ofSeconds(1);
    private static final int REQUESTS = 600;

    @ParameterizedTest(name = "{0} lanes")
    @ValueSource(ints = {4, 8, 16, 32})
    void findsARateThatIsCountedBySecond(int lanes) {
        // Given
        SimulatedEndpoint endpoint =
                new SimulatedEndpoint(lanes, 0, new SimulatedEndpoint.PerSecond(), second -> 20, ASKED);

        // When
        double took = endpoint.run(REQUESTS);

        // Then
        assertThat(endpoint.passed(10, (int) took)).isGreaterThanOrEqualTo((int) (0.95 * 20 * ((int) took - 10)));
        assertThat(endpoint.refusedInAll()).isLessThan(REQUESTS / 20);
    }

    @ParameterizedTest(name = "{0} lanes")
    @ValueSource(ints = {4, 8, 16, 32})
    void findsTheRateOfATokenBucket(int lanes) {
        // Given
        SimulatedEndpoint endpoint =
                new SimulatedEndpoint(lanes, 0, new SimulatedEndpoint.TokenBucket(1), second -> 20, ASKED);

        // When
        double took = endpoint.run(REQUESTS);

        // Then
        assertThat(endpoint.passed(10, (int) took)).isGreaterThanOrEqualTo((int) (0.95 * 20 * ((int) took - 10)));
        assertThat(endpoint.refusedInAll()).isLessThan(REQUESTS / 20);
    }

    @ParameterizedTest(name = "{0} lanes")
    @ValueSource(ints = {8, 16, 32})
    void findsALimitThatHalves(int lanes) {
        // Given
        DoubleUnaryOperator halves = second -> second < 20 ? 20 : 10;
        SimulatedEndpoint endpoint = new SimulatedEndpoint(lanes, 0, new SimulatedEndpoint.PerSecond(), halves, ASKED);

        // When
        double took = endpoint.run(REQUESTS);

        // Then: it has 10 s again to find the new one
        assertThat(endpoint.passed(30, (int) took)).isGreaterThanOrEqualTo((int) (0.95 * 10 * ((int) took - 30)));
        assertThat(endpoint.refusedInAll()).isLessThan(REQUESTS / 20);
    }

    @Test
    void limitsNothingUntilSomethingIsRefused() {
        // Given
        Pace pace = new Pace(0, 0);

        // When
        for (int i = 0; i < 1000; i++) {
            pace.entered(i);
            pace.passed(i);
        }

        // Then
        assertThat(pace.waitOf(1000)).isZero();
    }

    @Test
    void neverGoesBeyondTheFixedRate() {
        // Given
        SimulatedEndpoint endpoint =
                new SimulatedEndpoint(16, 5, new SimulatedEndpoint.PerSecond(), second -> 20, ASKED);

        // When
        endpoint.run(300);

        // Then
        assertThat(endpoint.passed(1, 60)).isBetween(59 * 5 - 2, 59 * 5 + 2);
        assertThat(endpoint.refusedInAll()).isZero();
    }
}

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
    private static final long SECOND = 1_000_000_000;

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

    @ParameterizedTest(name = "{0} lanes")
    @ValueSource(ints = {8, 16, 32})
    void losesOnePauseToALimitThatHalves(int lanes) {
        // Given
        DoubleUnaryOperator halves = second -> second < 20 ? 20 : 10;
        SimulatedEndpoint endpoint = new SimulatedEndpoint(lanes, 0, new SimulatedEndpoint.PerSecond(), halves, ASKED);

        // When
        int took = (int) endpoint.run(REQUESTS);

        // Then
        assertThat(endpoint.passed(10, took)).isGreaterThanOrEqualTo((int) (0.95 * (20 * 10 + 10 * (took - 20))));
        assertThat(endpoint.refused(20, 21)).isPositive();
        assertThat(endpoint.refused(21, took)).isZero();
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

    @ParameterizedTest(name = "{0} lanes")
    @ValueSource(ints = {8, 32})
    void findsALimitThatDoubles(int lanes) {
        // Given
        DoubleUnaryOperator doubles = second -> second < 20 ? 10 : 20;
        SimulatedEndpoint endpoint = new SimulatedEndpoint(lanes, 0, new SimulatedEndpoint.PerSecond(), doubles, ASKED);

        // When
        endpoint.run(3_000);

        // Then: it tries more after a calm time only
        assertThat(endpoint.passed(100, 140)).isGreaterThanOrEqualTo((int) (0.95 * 20 * 40));
    }

    @Test
    void comesNearTheRateAfterAFirstRefusalThatCameMuchTooEarly() {
        // Given
        DoubleUnaryOperator early = second -> second < 1 ? 2 : 20;
        SimulatedEndpoint endpoint = new SimulatedEndpoint(8, 0, new SimulatedEndpoint.PerSecond(), early, ASKED);

        // When
        endpoint.run(1_000);

        // Then
        assertThat(endpoint.passed(20, 60)).isGreaterThanOrEqualTo((int) (0.9 * 20 * 40));
    }

    @Test
    void triesMoreLessAndLessOftenWhereItIsInVain() {
        // Given
        SimulatedEndpoint endpoint =
                new SimulatedEndpoint(8, 0, new SimulatedEndpoint.PerSecond(), second -> 20, ASKED);

        // When
        endpoint.run(12_000);

        // Then
        assertThat(endpoint.refused(300, 600)).isLessThan(10);
    }

    @Test
    void growsToTheFixedRateAtMost() {
        // Given
        DoubleUnaryOperator grows = second -> second < 10 ? 8 : 40;
        SimulatedEndpoint endpoint = new SimulatedEndpoint(16, 15, new SimulatedEndpoint.PerSecond(), grows, ASKED);

        // When
        endpoint.run(2_000);

        // Then
        assertThat(endpoint.passed(100, 120)).isBetween(15 * 20 - 2, 15 * 20 + 2);
    }

    @Test
    void doesNotGrowWhileItIsNotUsedUp() {
        // Given
        Pace pace = new Pace(0, 0);
        pace.entered(0);
        pace.refused(0, 1, SECOND);
        double found = pace.rate();

        // When: each comes long after it could
        for (long now = 20 * SECOND; now < 2_000 * SECOND; now += 20 * SECOND) {
            pace.entered(now + pace.waitOf(now));
            pace.passed(now);
        }

        // Then
        assertThat(pace.rate()).isEqualTo(found);
    }

    @Test
    void triesOnceInFiveSecondsWhateverIsRefused() {
        // Given
        Pace pace = new Pace(0, 0);

        // When
        long now = 0;
        for (int i = 0; i < 100; i++) {
            now += pace.waitOf(now);
            pace.entered(now);
            pace.refused(now, now + 1, now + 1);
        }

        // Then
        assertThat(pace.rate()).isEqualTo(0.2);
    }

    @Test
    void keepsTheRateAlthoughEachIsALittleLate() {
        // Given
        Pace pace = new Pace(10, 0);

        // When
        int entered = 0;
        for (long now = 0; now < 10 * SECOND; entered++) {
            now += pace.waitOf(now) + SECOND / 20;
            pace.entered(now);
        }

        // Then
        assertThat(entered).isBetween(99, 101);
    }
}

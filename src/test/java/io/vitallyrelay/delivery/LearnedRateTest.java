package io.vitallyrelay.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.function.DoubleUnaryOperator;
import java.util.function.IntFunction;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** In simulated time: lanes that always have something to send, and an endpoint that takes 200 ms for each request. */
class LearnedRateTest {
    private static final Duration ASKED = Duration.ofSeconds(1);
    private static final int SECONDS = 200;
    private static final int SEEDS = 5;
    private static final long SECOND = 1_000_000_000;
    private static final SimulatedEndpoint.Limit NONE = (second, rate) -> true;

    @ParameterizedTest(name = "{0} lanes, asks for a pause: {1}")
    @CsvSource({"8, false", "8, true", "32, false", "32, true"})
    void findsTheRateOfATokenBucket(int lanes, boolean asks) {
        // When
        Figures figures = figures(seed -> bucket(lanes, asks ? ASKED : null, 0, seed));

        // Then
        assertThat(figures.passed()).as(figures.toString()).isGreaterThanOrEqualTo(0.95 * 20);
        assertThat(figures.refused()).as(figures.toString()).isLessThan(0.05);
    }

    @ParameterizedTest(name = "{0} lanes")
    @ValueSource(ints = {8, 32})
    void findsMostOfARateThatIsCountedBySecondAlthoughEachRequestTooManyCostsAPause(int lanes) {
        // When
        Figures figures = figures(seed ->
                new SimulatedEndpoint(lanes, 0, new SimulatedEndpoint.PerSecond(), second -> 20, ASKED, 0, seed));

        // Then
        assertThat(figures.passed()).as(figures.toString()).isGreaterThanOrEqualTo(0.92 * 20);
    }

    @Test
    void findsMostOfTheRateOfAShallowBucketAlthoughEachRequestTooManyCostsAPause() {
        // When: no more than 4 at once
        Figures figures = figures(
                seed -> new SimulatedEndpoint(8, 0, new SimulatedEndpoint.TokenBucket(0.2), s -> 20, ASKED, 0, seed),
                30);

        // Then
        assertThat(figures.passed()).as(figures.toString()).isGreaterThanOrEqualTo(0.92 * 20);
    }

    /** Whoever keeps to each pause sends 13 requests a second at most. */
    @Test
    void staysAboveAThirdOfWhatIsPossibleWherePausesComeByChance() {
        // When
        Figures figures = figures(seed -> new SimulatedEndpoint(8, 0, NONE, second -> 0, ASKED, 0.05, seed));

        // Then
        assertThat(figures.passed()).as(figures.toString()).isGreaterThanOrEqualTo(13 / 3.0);
    }

    @Test
    void findsARateThatIsCountedBySecond() {
        // When
        Figures figures = figures(
                seed -> new SimulatedEndpoint(8, 0, new SimulatedEndpoint.PerSecond(), second -> 20, null, 0, seed));

        // Then
        assertThat(figures.passed()).as(figures.toString()).isGreaterThanOrEqualTo(0.95 * 20);
    }

    /** 8 lanes with 200 ms bring 39.6 requests a second. */
    @ParameterizedTest(name = "{0} of the requests are refused by chance")
    @CsvSource({"0.001, 0.95", "0.01, 0.95", "0.05, 0.9", "0.2, 0.5"})
    void isNotLoweredByRefusalsThatDoNotComeOfIt(double share, double least) {
        // When
        Figures figures = figures(seed -> new SimulatedEndpoint(8, 0, NONE, second -> 0, null, share, seed));

        // Then
        assertThat(figures.passed()).as(figures.toString()).isGreaterThanOrEqualTo(least * (1 - share) * 39.6);
    }

    @Test
    void findsTheRateOfATokenBucketThatRefusesSomeByChanceToo() {
        // When
        Figures figures = figures(seed -> bucket(8, null, 0.05, seed));

        // Then
        assertThat(figures.passed()).as(figures.toString()).isGreaterThanOrEqualTo(0.9 * 0.95 * 20);
        assertThat(figures.refused()).as(figures.toString()).isLessThan(0.12);
    }

    @ParameterizedTest(name = "asks for a pause: {0}")
    @ValueSource(booleans = {true, false})
    void sendsNoBurstsAboveTheLimit(boolean asks) {
        // When: a bucket is full after each pause, so that those of the first search take more from it at once
        Figures figures = figures(seed -> bucket(8, asks ? ASKED : null, 0, seed), asks ? 60 : 20);

        // Then: a probe, and what a lane that was late makes up for
        assertThat(figures.most()).as(figures.toString()).isLessThanOrEqualTo(26);
    }

    @ParameterizedTest(name = "everything is refused: {0}")
    @ValueSource(booleans = {true, false})
    void comesBackWithinFiveSecondsOfAnOutage(boolean refused) {
        for (int seed = 1; seed <= SEEDS; seed++) {
            // Given
            SimulatedEndpoint endpoint = bucket(8, null, 0, seed).withOutage(100, 160, refused);

            // When
            endpoint.runSeconds(170);

            // Then
            assertThat(endpoint.passed(165, 170)).as("seed " + seed).isGreaterThanOrEqualTo((int) (0.9 * 20 * 5));
            assertThat(endpoint.refused(101, 160)).as("seed " + seed).isLessThan(60);
        }
    }

    @Test
    void comesBackWithASingleLane() {
        for (int seed = 1; seed <= SEEDS; seed++) {
            // Given
            SimulatedEndpoint endpoint = bucket(1, null, 0, seed).withOutage(100, 160, true);

            // When
            endpoint.runSeconds(170);

            // Then: a lane alone brings 4.9 requests a second
            assertThat(endpoint.passed(166, 170)).as("seed " + seed).isGreaterThanOrEqualTo(16);
        }
    }

    @Test
    void findsALimitThatHalves() {
        // Given
        DoubleUnaryOperator halves = second -> second < 60 ? 20 : 10;

        // When
        Figures figures = figures(
                seed -> new SimulatedEndpoint(8, 0, new SimulatedEndpoint.TokenBucket(1), halves, null, 0, seed), 75);

        // Then: it has 15 s to find the new one
        assertThat(figures.passed()).as(figures.toString()).isGreaterThanOrEqualTo(0.95 * 10);
        assertThat(figures.refused()).as(figures.toString()).isLessThan(0.1);
    }

    @Test
    void findsALimitThatHalvesWhereItIsCountedBySecond() {
        for (int seed = 1; seed <= SEEDS; seed++) {
            // Given
            DoubleUnaryOperator halves = second -> second < 20 ? 20 : 10;
            SimulatedEndpoint endpoint =
                    new SimulatedEndpoint(8, 0, new SimulatedEndpoint.PerSecond(), halves, null, 0, seed);

            // When
            endpoint.runSeconds(65);

            // Then
            assertThat(endpoint.passed(30, 60)).as("seed " + seed).isGreaterThanOrEqualTo((int) (0.95 * 10 * 30));
        }
    }

    @Test
    void findsALimitThatDoubles() {
        // Given
        DoubleUnaryOperator doubles = second -> second < 60 ? 10 : 20;

        // When
        Figures figures = figures(
                seed -> new SimulatedEndpoint(8, 0, new SimulatedEndpoint.TokenBucket(1), doubles, null, 0, seed), 150);

        // Then: it has 90 s to find the new one
        assertThat(figures.passed()).as(figures.toString()).isGreaterThanOrEqualTo(0.95 * 20);
    }

    @Test
    void comesNearTheRateAfterAFirstRefusalThatCameMuchTooEarly() {
        // Given
        DoubleUnaryOperator early = second -> second < 1 ? 2 : 20;

        // When
        Figures figures = figures(
                seed -> new SimulatedEndpoint(8, 0, new SimulatedEndpoint.TokenBucket(1), early, null, 0, seed), 20);

        // Then
        assertThat(figures.passed()).as(figures.toString()).isGreaterThanOrEqualTo(0.95 * 20);
    }

    @Test
    void limitsNothingUntilSomethingIsRefused() {
        // Given
        LearnedRate rate = new LearnedRate(0, 0);

        // When
        for (int i = 0; i < 1000; i++) {
            rate.entered(i);
            rate.passed(i);
        }

        // Then
        assertThat(rate.waitOf(1000)).isZero();
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

    @Test
    void growsToTheFixedRateAtMost() {
        // Given
        DoubleUnaryOperator grows = second -> second < 10 ? 8 : 40;
        SimulatedEndpoint endpoint = new SimulatedEndpoint(16, 15, new SimulatedEndpoint.TokenBucket(1), grows, null);

        // When
        endpoint.run(2_000);

        // Then
        assertThat(endpoint.passed(100, 120)).isBetween((int) (0.95 * 15 * 20), 15 * 20 + 2);
    }

    @Test
    void doesNotChangeWhileItIsNotUsedUp() {
        // Given
        LearnedRate rate = new LearnedRate(0, 0);
        rate.entered(0);
        rate.refused(0, 1, SECOND);
        double found = rate.rate();

        // When: each comes long after it could
        for (long now = 20 * SECOND; now < 2_000 * SECOND; now += 20 * SECOND) {
            rate.entered(now);
            rate.passed(now);
        }

        // Then: but for a step that is tried
        assertThat(rate.rate()).isBetween(found, 1.6 * found);
    }

    @Test
    void triesOnceInTwoSecondsWhateverIsRefused() {
        // Given
        LearnedRate rate = new LearnedRate(0, 0);

        // When
        long now = 0;
        for (int i = 0; i < 100; i++) {
            now += rate.waitOf(now);
            rate.entered(now);
            rate.refused(now, now + 1, now + 1);
        }

        // Then
        assertThat(rate.rate()).isEqualTo(0.5);
    }

    @Test
    void keepsTheRateAlthoughEachIsALittleLate() {
        // Given
        LearnedRate rate = new LearnedRate(10, 0);

        // When
        int entered = 0;
        for (long now = 0; now < 10 * SECOND; entered++) {
            now += rate.waitOf(now) + SECOND / 20;
            rate.entered(now);
        }

        // Then
        assertThat(entered).isBetween(99, 101);
    }

    private static SimulatedEndpoint bucket(int lanes, Duration asked, double share, long seed) {
        return new SimulatedEndpoint(lanes, 0, new SimulatedEndpoint.TokenBucket(1), s -> 20, asked, share, seed);
    }

    /** Over the seeds, from a second on. */
    private record Figures(double passed, double refused, int most) {
        @Override
        public String toString() {
            return String.format(
                    Locale.ROOT,
                    "%.1f requests/s passed, %.1f %% were refused, %d in a second at most",
                    passed,
                    100 * refused,
                    most);
        }
    }

    private static Figures figures(IntFunction<SimulatedEndpoint> ofSeed) {
        return figures(ofSeed, 20);
    }

    private static Figures figures(IntFunction<SimulatedEndpoint> ofSeed, int from) {
        SimulatedEndpoint[] all =
                IntStream.rangeClosed(1, SEEDS).mapToObj(ofSeed).toArray(SimulatedEndpoint[]::new);
        ToDoubleFunction<ToDoubleFunction<SimulatedEndpoint>> mean =
                of -> Arrays.stream(all).mapToDouble(of).average().orElseThrow();
        for (SimulatedEndpoint endpoint : all) {
            endpoint.runSeconds(SECONDS);
        }
        int most = 0;
        for (SimulatedEndpoint endpoint : all) {
            most = Math.max(most, endpoint.mostInASecond(from, SECONDS));
        }
        Figures figures = new Figures(
                mean.applyAsDouble(endpoint -> endpoint.passed(from, SECONDS) / (double) (SECONDS - from)),
                mean.applyAsDouble(endpoint -> endpoint.refusedShare(from, SECONDS)),
                most);
        return figures;
    }
}

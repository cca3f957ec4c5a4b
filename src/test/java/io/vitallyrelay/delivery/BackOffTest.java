package io.vitallyrelay.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.LongSummaryStatistics;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BackOffTest {
    private static final Duration INITIAL = Duration.ofMillis(500);
    private static final Duration MAX = Duration.ofMinutes(1);

    private final BackOff backOff = new BackOff(INITIAL, MAX, new Random(11));

    @ParameterizedTest(name = "retry {0} waits up to {1} ms")
    @CsvSource({"1, 500", "2, 1000", "3, 2000", "7, 32000", "8, 60000", "9, 60000"})
    void doublesItsCeilingUpToTheMaximum(int retry, long ceiling) {
        // When
        LongSummaryStatistics waits = waits(backOff, retry);

        // Then
        assertThat(waits.getMax()).isBetween(ceiling * 98 / 100, ceiling);
    }

    @Test
    void spreadsOverTheWholeRange() {
        // When
        LongSummaryStatistics waits = waits(backOff, 3);

        // Then
        assertThat(waits.getMin()).isLessThan(40);
        assertThat(waits.getAverage()).isBetween(950.0, 1050.0);
    }

    @ParameterizedTest
    @ValueSource(ints = {54, 55, 63, 64, 65, 1_000_000, Integer.MAX_VALUE})
    void doesNotOverflowInALongOutage(int retry) {
        // When
        LongSummaryStatistics waits = waits(backOff, retry);

        // Then
        assertThat(waits.getMin()).isNotNegative();
        assertThat(waits.getMax()).isBetween(59_000L, 60_000L);
    }

    @Test
    void takesAMaximumThatEqualsTheFirstWait() {
        // Given
        BackOff constant = new BackOff(INITIAL, INITIAL, new Random(11));

        // When
        LongSummaryStatistics waits = waits(constant, 9);

        // Then
        assertThat(waits.getMax()).isBetween(490L, 500L);
    }

    @Test
    void refusesAMaximumBelowTheFirstWait() {
        assertThatThrownBy(() -> new BackOff(MAX, INITIAL, new Random(11)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static LongSummaryStatistics waits(BackOff backOff, int retry) {
        return IntStream.range(0, 2000)
                .mapToLong(i -> backOff.before(retry).toMillis())
                .summaryStatistics();
    }
}

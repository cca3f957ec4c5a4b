package io.vitallyrelay.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class ConcurrencyTest {
    private static final int LANES = 16;

    private final Concurrency concurrency = new Concurrency(LANES);
    private long now;

    @Test
    void beginsWithAFew() {
        assertThat(concurrency.most()).isEqualTo(8);
    }

    @Test
    void comesToAllLanesWhileBatchesAreTaken() {
        // When
        deliver(100, Duration.ofMillis(200));

        // Then
        assertThat(concurrency.most()).isEqualTo(LANES);
    }

    @Test
    void fallsWhereAnswersTakeMuchLonger() {
        // Given
        deliver(100, Duration.ofMillis(200));

        // When
        deliver(20, Duration.ofSeconds(5));

        // Then
        assertThat(concurrency.most()).isLessThan(LANES);
    }

    private void deliver(int batches, Duration each) {
        for (int i = 0; i < batches; i++) {
            now += each.toNanos();
            concurrency.delivered(now, each.toNanos(), LANES);
        }
    }
}

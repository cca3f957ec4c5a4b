package io.vitallyrelay.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class StopTest {
    private final Stop stop = new Stop();

    @Test
    void isNotNowAtFirst() {
        assertThat(stop.isNow()).isFalse();
    }

    @Test
    void endsTheWaitingOfAllLanesAtOnce() throws Exception {
        // Given
        CompletableFuture<Void> lane = waiting();
        CompletableFuture<Void> otherLane = waiting();

        // When
        stop.now();

        // Then
        CompletableFuture.allOf(lane, otherLane).get(10, TimeUnit.SECONDS);
    }

    @Test
    void letsNobodyWaitAfterIt() throws Exception {
        // Given
        stop.now();

        // When
        stop.await(Duration.ofHours(1));

        // Then
        assertThat(stop.isNow()).isTrue();
    }

    @Test
    void letsTheWaitEndByItself() throws Exception {
        // When
        stop.await(Duration.ofMillis(1));

        // Then
        assertThat(stop.isNow()).isFalse();
    }

    private CompletableFuture<Void> waiting() {
        return CompletableFuture.runAsync(() -> {
            try {
                stop.await(Duration.ofHours(1));
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        });
    }
}

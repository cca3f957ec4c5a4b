package io.vitallyrelay.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
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
    void goesNoStepBack() {
        // Given
        stop.now();

        // When
        stop.to(Stop.Step.SOURCES);

        // Then
        assertThat(stop.isNow()).isTrue();
    }

    @Test
    void tellsOfEachStepOnce() {
        // Given
        List<Boolean> told = new ArrayList<>();
        stop.tell(() -> told.add(stop.isNow()));

        // When
        stop.to(Stop.Step.LANES);
        stop.to(Stop.Step.LANES);
        stop.now();

        // Then
        assertThat(told).containsExactly(false, true);
    }

    @Test
    void letsOthersWaitWhileTheLanesSendWhatTheyHaveInHand() throws Exception {
        // Given
        stop.to(Stop.Step.LANES);
        long begun = System.nanoTime();

        // When
        stop.await(Duration.ofMillis(20));

        // Then
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isGreaterThanOrEqualTo(Duration.ofMillis(20));
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

package io.vitallyrelay.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class LastBatchesTest {
    private Instant now = Instant.parse("2026-01-31T00:00:00Z");
    private final LastBatches batches = new LastBatches(2, () -> now);

    @Test
    void givesThoseOfAllLanesNewestFirst() {
        // Given
        post(0, 1);
        post(1, 2);
        post(0, 3);

        // When
        var newest = batches.newest(2);

        // Then
        assertThat(newest).extracting(entry -> entry.posted().messages()).containsExactly(3, 2);
    }

    @Test
    void keepsTheLastHundredHoweverManyThereWere() {
        // Given
        for (int i = 1; i <= 250; i++) {
            post(i % 2, i);
        }

        // When
        var newest = batches.newest(1000);

        // Then
        assertThat(newest).hasSize(100);
        assertThat(newest)
                .extracting(entry -> entry.posted().messages())
                .startsWith(250, 249)
                .endsWith(151);
    }

    private void post(int lane, int messages) {
        now = now.plusMillis(1);
        batches.posted(
                new Posted(lane, messages, 10, Duration.ofMillis(5), Verdict.DELIVERED, new Answer(200, "{}"), null));
    }
}

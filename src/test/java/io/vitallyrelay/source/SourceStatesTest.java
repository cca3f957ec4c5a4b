package io.vitallyrelay.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class SourceStatesTest {
    private static final Instant BEGIN = Instant.parse("2026-01-31T12:00:00Z");

    private Instant now = BEGIN;
    private final SourceStates states = new SourceStates(() -> now);

    @Test
    void tellsAProblemOnceUntilItIsAnother() {
        assertThat(states.failing("users", "queue a", "no permission")).isTrue();
        assertThat(states.failing("users", "queue a", "no permission")).isFalse();
        assertThat(states.failing("users", "queue a", "no such queue")).isTrue();
        assertThat(states.ended("users", "queue a", "no such queue")).isTrue();
    }

    @Test
    void remembersSinceWhenASourceFails() {
        // Given
        states.failing("users", "queue a", "no permission");
        now = BEGIN.plus(Duration.ofMinutes(1));

        // When
        states.failing("users", "queue a", "no such queue");

        // Then
        assertThat(states.all()).containsExactly(new SourceState("users", "queue a", "no such queue", BEGIN, false));
    }

    @Test
    void tellsOnceThatASourceIsWellAgain() {
        // Given
        states.failing("users", "queue a", "no permission");
        states.failing("users", "queue b", "no permission");

        // When
        boolean news = states.well("users", "queue a");

        // Then
        assertThat(news).isTrue();
        assertThat(states.well("users", "queue a")).isFalse();
        assertThat(states.all()).extracting(SourceState::source).containsExactly("queue b");
    }
}

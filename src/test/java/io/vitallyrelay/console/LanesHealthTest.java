package io.vitallyrelay.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.vitallyrelay.delivery.BlockedTypes;
import io.vitallyrelay.delivery.Gate;
import io.vitallyrelay.delivery.LaneStates;
import io.vitallyrelay.delivery.Stop;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Random;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponse.Status;
import org.junit.jupiter.api.Test;

class LanesHealthTest {
    private static final Instant NOW = Instant.parse("2026-01-31T00:00:00Z");

    private final Gate gate = new Gate(
            new Gate.Options(4, 0, Duration.ofMinutes(1), () -> NOW, System::nanoTime, new Random(3)), new Stop());
    private final LaneStates lanes = new LaneStates(8);
    private final LanesHealth health = new LanesHealth(gate, new BlockedTypes(), lanes);

    @Test
    void isUpWhileAllLanesRun() {
        // When
        HealthCheckResponse answer = health.call();

        // Then
        assertThat(answer.getStatus()).isEqualTo(Status.UP);
        assertThat(answer.getData()).contains(Map.of("held", false));
    }

    @Test
    void isUpAndSaysWhyWhileTheyAreHeld() {
        // Given
        gate.hold(null, "maintenance", "anna");

        // When
        HealthCheckResponse answer = health.call();

        // Then
        assertThat(answer.getStatus()).isEqualTo(Status.UP);
        assertThat(answer.getData())
                .contains(Map.of("held", true, "reason", "held by anna: maintenance", "since", NOW.toString()));
    }

    @Test
    void isDownAndNamesTheLaneThatStandsStill() {
        // Given
        lanes.of(3).failed("java.lang.OutOfMemoryError: Java heap space");

        // When
        HealthCheckResponse answer = health.call();

        // Then
        assertThat(answer.getStatus()).isEqualTo(Status.DOWN);
        assertThat(answer.getData())
                .contains(Map.of("held", false, "lane-3", "java.lang.OutOfMemoryError: Java heap space"));
    }
}

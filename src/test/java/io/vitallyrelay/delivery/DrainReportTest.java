package io.vitallyrelay.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.vitallyrelay.spool.LaneCounts;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class DrainReportTest {
    @Test
    void saysWhatTheStopDidAndWhatIsLeft() {
        // Given
        List<LaneCounts> before = List.of(new LaneCounts(1_500, 2_000, 1), new LaneCounts(40, 0, 0));
        List<LaneCounts> after = List.of(new LaneCounts(1_400, 2_099, 2), new LaneCounts(0, 40, 0));

        // When
        String report = new DrainReport(Duration.ofMillis(1_340), before, after).toString();

        // Then
        assertThat(report)
                .isEqualTo("drained in 1.3 s: 139 delivered, 1 dead, 1,400 still pending"
                        + " (lane 0: 99 delivered, 1,400 pending; lane 1: 40 delivered, 0 pending)");
    }
}

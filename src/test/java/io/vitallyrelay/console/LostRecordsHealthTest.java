package io.vitallyrelay.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.vitallyrelay.TemporarySpool;
import io.vitallyrelay.spool.Content;
import io.vitallyrelay.spool.DeadLetterCode;
import io.vitallyrelay.spool.DeadRecord;
import io.vitallyrelay.spool.RecordIntake;
import io.vitallyrelay.spool.ResumePoint;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponse.Status;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LostRecordsHealthTest {
    @TempDir
    Path folder;

    @Test
    void isDownUntilTheLettersOfLostRecordsAreGone() throws Exception {
        // Given
        try (TemporarySpool spool = new TemporarySpool(folder)) {
            LostRecordsHealth health = new LostRecordsHealth(spool.spool());
            bury(spool, DeadLetterCode.MAPPING);
            HealthCheckResponse before = health.call();

            // When
            bury(spool, DeadLetterCode.LOST);
            HealthCheckResponse lost = health.call();
            long id = spool.deadLetters().get(1).id();
            spool.spool().deadLetters().discard(List.of(id));
            HealthCheckResponse after = health.call();

            // Then
            assertThat(before.getStatus()).isEqualTo(Status.UP);
            assertThat(lost.getStatus()).isEqualTo(Status.DOWN);
            assertThat(lost.getData()).contains(Map.of("accounts", 1L));
            assertThat(after.getStatus()).isEqualTo(Status.UP);
        }
    }

    private static void bury(TemporarySpool spool, DeadLetterCode code) throws InterruptedException {
        RecordIntake intake = new RecordIntake(spool.spool().intake("accounts", "file"));
        intake.dead(new DeadRecord("line 1", code, "no", Content.record(new byte[2])));
        intake.recordDone(ResumePoint.NONE);
        intake.flush();
    }
}

package io.vitallyrelay.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.vitallyrelay.TemporarySpool;
import io.vitallyrelay.spool.Content;
import io.vitallyrelay.spool.DeadLetterCode;
import io.vitallyrelay.spool.DeadRecord;
import io.vitallyrelay.spool.RecordIntake;
import io.vitallyrelay.spool.ResumePoint;
import java.nio.file.Path;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponse.Status;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpoolHealthTest {
    @TempDir
    Path folder;

    @Test
    void isUpWithRoom() {
        // Given
        try (TemporarySpool spool = new TemporarySpool(folder)) {

            // When
            HealthCheckResponse answer = new SpoolHealth(spool.spool()).call();

            // Then
            assertThat(answer.getStatus()).isEqualTo(Status.UP);
            assertThat(answer.getData().orElseThrow()).doesNotContainKeys("dead-letters-full", "waiting", "failure");
        }
    }

    @Test
    void isDownAndSaysWhyWhereDeadLettersHaveNoRoom() throws Exception {
        // Given
        try (TemporarySpool spool = TemporarySpool.ofRoom(folder, 1000, 1000)) {
            RecordIntake intake = new RecordIntake(spool.spool().intake("accounts", "file"));
            intake.dead(new DeadRecord("line 1", DeadLetterCode.CONTRACT, "absent", Content.record(new byte[1000])));
            intake.recordDone(ResumePoint.NONE);

            // When
            HealthCheckResponse answer = new SpoolHealth(spool.spool()).call();

            // Then
            assertThat(answer.getStatus()).isEqualTo(Status.DOWN);
            assertThat(answer.getData().orElseThrow().get("dead-letters-full").toString())
                    .contains("relay.dead-letters.max-bytes is 1000");
        }
    }

    @Test
    void isUpAndSaysThatSourcesWaitForTheBacklog() throws Exception {
        // Given
        try (TemporarySpool spool = TemporarySpool.ofRoom(folder, 5, 1000)) {
            spool.append("{\"n\":1}");

            // When
            HealthCheckResponse answer = new SpoolHealth(spool.spool()).call();

            // Then
            assertThat(answer.getStatus()).isEqualTo(Status.UP);
            assertThat(answer.getData().orElseThrow().get("waiting").toString())
                    .contains("every source waits until some are delivered");
        }
    }
}

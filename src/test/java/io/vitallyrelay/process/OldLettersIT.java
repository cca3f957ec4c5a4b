package io.vitallyrelay.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vitallyrelay.spool.Content;
import io.vitallyrelay.spool.DeadLetterCode;
import io.vitallyrelay.spool.DeadRecord;
import io.vitallyrelay.spool.RecordIntake;
import io.vitallyrelay.spool.ResumePoint;
import io.vitallyrelay.spool.Spool;
import io.vitallyrelay.spool.local.LocalSpool;
import io.vitallyrelay.spool.local.SyncMode;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The service gives up dead letters that are older than they are kept, from its start on. */
class OldLettersIT {
    private static final URI NOBODY = URI.create("http://127.0.0.1:9/analytics/v1/batch");
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final long ROOMY = 64L << 20;

    @TempDir
    private Path folder;

    @Test
    void givesUpThoseAloneThatAreTooOld() throws Exception {
        // Given
        try (RelayProcess relay = RelayProcess.in(folder).postingTo(NOBODY).with("RELAY_DEAD_LETTERS_KEEP", "30m")) {
            bury(relay, 2, Instant.now().minus(Duration.ofHours(1)));
            bury(relay, 1, Instant.now());

            // When
            relay.start();

            // Then
            await().atMost(PATIENCE).until(() -> relay.sums().dead() == 1);
            assertThat(relay.sums().read()).isEqualTo(3);
            var unused = relay.awaitOutput(Pattern.compile("2 dead letters are discarded: they are older than"));
        }
    }

    @Test
    void givesUpTheOldestOfTooMany() throws Exception {
        // Given
        try (RelayProcess relay = RelayProcess.in(folder).postingTo(NOBODY).with("RELAY_DEAD_LETTERS_KEEP_LAST", "1")) {
            bury(relay, 3, Instant.now());

            // When
            relay.start();

            // Then
            await().atMost(PATIENCE).until(() -> relay.sums().dead() == 1);
            assertThat(relay.sums().read()).isEqualTo(3);
            var unused = relay.awaitOutput(Pattern.compile("2 dead letters are discarded: there are more than"));
        }
    }

    @Test
    void keepsThemForEverWhereNothingElseIsSet() throws Exception {
        // Given
        try (RelayProcess relay = RelayProcess.in(folder).postingTo(NOBODY)) {
            bury(relay, 2, Instant.EPOCH);

            // When
            relay.start();

            // Then
            assertThat(relay.sums().dead()).isEqualTo(2);
        }
    }

    private static void bury(RelayProcess relay, int count, Instant at) throws InterruptedException {
        LocalSpool.Options options = new LocalSpool.Options(
                relay.data().resolve("spool"), 1, ROOMY, ROOMY, ROOMY, SyncMode.ALWAYS, Duration.ofDays(7));
        try (Spool spool = LocalSpool.open(options, InstantSource.fixed(at))) {
            RecordIntake intake = new RecordIntake(spool.intake("accounts", "file"));
            for (int i = 0; i < count; i++) {
                intake.dead(new DeadRecord("1", DeadLetterCode.MAPPING, "no", Content.raw(new byte[10], false)));
                intake.recordDone(ResumePoint.NONE);
            }
            intake.flush();
        }
    }
}

package io.vitallyrelay.letters;

import static org.assertj.core.api.Assertions.assertThat;

import io.vitallyrelay.spool.Content;
import io.vitallyrelay.spool.Counts;
import io.vitallyrelay.spool.DeadLetterCode;
import io.vitallyrelay.spool.DeadLetterFilter;
import io.vitallyrelay.spool.DeadRecord;
import io.vitallyrelay.spool.Outcome;
import io.vitallyrelay.spool.ResumePoint;
import io.vitallyrelay.spool.Spool;
import io.vitallyrelay.spool.local.LocalSpool;
import io.vitallyrelay.spool.local.SyncMode;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RetentionTest {
    private static final long ROOMY = 64L << 20;

    @TempDir
    Path folder;

    private Instant now = Instant.parse("2026-01-01T00:00:00Z");
    private final InstantSource clock = () -> now;
    private Spool spool;

    @BeforeEach
    void open() {
        spool = LocalSpool.open(
                new LocalSpool.Options(folder, 1, ROOMY, ROOMY, ROOMY, SyncMode.INTERVAL, Duration.ofDays(1)), clock);
    }

    @AfterEach
    void close() {
        spool.close();
    }

    @Test
    void discardsAndCountsWhatIsTooOld() throws Exception {
        // Given: more than can be named at once
        bury(2500);
        now = now.plus(Duration.ofDays(10));
        bury(3);

        // When
        long discarded = new Retention(spool.deadLetters(), Duration.ofDays(9), ROOMY, clock).discardOld();

        // Then
        assertThat(discarded).isEqualTo(2500);
        assertThat(spool.ledger().totals()).isEqualTo(new Counts(2503, 0, 3, 2500, 0));
        assertThat(spool.deadLetters().page(DeadLetterFilter.ALL, 0, 10).letters())
                .hasSize(3);
    }

    @Test
    void keepsAllWhereNothingElseIsSaid() throws Exception {
        // Given
        bury(1);
        now = now.plus(Duration.ofDays(10_000));

        // When
        long discarded = new Retention(spool.deadLetters(), null, ROOMY, clock).discardOld();

        // Then
        assertThat(discarded).isZero();
        assertThat(spool.ledger().totals()).isEqualTo(new Counts(1, 0, 1, 0));
    }

    @Test
    void discardsTheOldestOfTooMany() throws Exception {
        // Given
        bury(2503);

        // When
        long discarded = new Retention(spool.deadLetters(), null, 3, clock).discardSurplus();

        // Then
        assertThat(discarded).isEqualTo(2500);
        assertThat(spool.ledger().totals()).isEqualTo(new Counts(2503, 0, 3, 2500, 0));
        assertThat(spool.deadLetters().page(DeadLetterFilter.ALL, 0, 10).letters())
                .extracting(letter -> letter.origin().position())
                .containsExactly("line 2500", "line 2501", "line 2502");
    }

    private void bury(int count) throws InterruptedException {
        List<Outcome> dead = IntStream.range(0, count)
                .<Outcome>mapToObj(i -> new Outcome.Dead(
                        new DeadRecord("line " + i, DeadLetterCode.MAPPING, "no", Content.record(new byte[10]))))
                .toList();
        spool.intake("accounts", "file").append(dead, ResumePoint.NONE);
        spool.flush();
    }
}

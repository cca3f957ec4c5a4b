package io.vitallyrelay.spool.local;

import static io.vitallyrelay.spool.local.SpoolFixture.ROOMY;
import static io.vitallyrelay.spool.local.SpoolFixture.contents;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vitallyrelay.spool.Content;
import io.vitallyrelay.spool.DeadLetterCode;
import io.vitallyrelay.spool.DeadRecord;
import io.vitallyrelay.spool.Pending;
import io.vitallyrelay.spool.RecordIntake;
import io.vitallyrelay.spool.Refusal;
import io.vitallyrelay.spool.ResumePoint;
import io.vitallyrelay.spool.Settled;
import io.vitallyrelay.spool.SpoolClosedException;
import io.vitallyrelay.spool.SpoolStatus;
import io.vitallyrelay.spool.UnitCounts;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Dead letters have a limit of their own, at which only those wait who have more of them. */
class DeadLetterLimitTest {
    private static final int LETTER = 4000;

    @TempDir
    Path directory;

    @Test
    void deliversGoodMessagesWhileDeadLettersAreAtTheirLimit() throws Exception {
        // Given
        try (SpoolFixture fixture = SpoolFixture.ofRoom(directory, ROOMY, 2 * LETTER)) {
            bury(fixture, "bad.jsonl", 2);
            CompletableFuture<Void> source = buryLater(fixture, "more.jsonl");

            // When
            fixture.append("good.jsonl", "a", "b");

            // Then
            assertThat(contents(fixture.take(2))).containsExactly("a", "b");
            assertThat(fixture.spool.status().deadLettersFull()).isTrue();
            assertThat(fixture.spool.status().full()).isFalse();
            assertThat(source).isNotDone();
            fixture.spool.letNoSourceWait();
            assertThatThrownBy(() -> source.get(20, TimeUnit.SECONDS)).hasCauseInstanceOf(SpoolClosedException.class);
        }
    }

    @Test
    void letsDeadLettersNotCountForTheSizeAtWhichSourcesWait() throws Exception {
        // Given
        try (SpoolFixture fixture = SpoolFixture.ofRoom(directory, LETTER, 10 * LETTER)) {

            // When
            bury(fixture, "bad.jsonl", 5);
            fixture.append("good.jsonl", "a");

            // Then
            assertThat(fixture.spool.status().bytes()).isEqualTo(1);
            assertThat(fixture.spool.status().deadLetterBytes()).isBetween(5L * LETTER, 6L * LETTER);
        }
    }

    @Test
    void takesTheLetterOfARefusedMessageAlsoAtTheLimit() throws Exception {
        // Given
        try (SpoolFixture fixture = SpoolFixture.ofRoom(directory, ROOMY, 2 * LETTER)) {
            fixture.append("good.jsonl", "refused", "good");
            bury(fixture, "bad.jsonl", 2);
            List<Pending> taken = fixture.take(2);

            // When
            fixture.lane()
                    .settle(List.of(
                            Settled.dead(
                                    taken.get(0), new Refusal(DeadLetterCode.REFUSED, "refused", 422, null, 1, null)),
                            Settled.delivered(taken.get(1))));

            // Then
            assertThat(fixture.counts("good.jsonl"))
                    .extracting(UnitCounts::read, UnitCounts::delivered, UnitCounts::dead, UnitCounts::pending)
                    .containsExactly(2L, 1L, 1L, 0L);
        }
    }

    @Test
    void letsEverySourceWaitOnceLettersAreAboveTheirLimitByTheRoomOfMessages() throws Exception {
        // Given
        String message = "m".repeat(LETTER);
        try (SpoolFixture fixture = SpoolFixture.ofRoom(directory, 2 * LETTER, LETTER)) {
            fixture.append("good.jsonl", message, message);
            List<Settled> refused = fixture.take(2).stream()
                    .map(taken -> Settled.dead(
                            taken, new Refusal(DeadLetterCode.REFUSED, "x".repeat(LETTER), 422, null, 1, null)))
                    .toList();

            // When
            fixture.lane().settle(refused);

            // Then
            assertThat(fixture.spool.status().full()).isTrue();
            assertThat(fixture.spool.status().deadLetterProblem()).contains("every source waits");
            assertThat(fixture.spool.status().backlogProblem()).isNull();
        }
    }

    @Test
    void takesNothingFromTheRoomOfMessagesForLettersAboveTheirLimit() throws Exception {
        // Given
        try (SpoolFixture fixture = SpoolFixture.ofRoom(directory, 4 * LETTER, 1)) {
            fixture.append("good.jsonl", "m".repeat(LETTER));
            fixture.lane()
                    .settle(List.of(Settled.dead(
                            fixture.take(1).get(0),
                            new Refusal(DeadLetterCode.REFUSED, "x".repeat(LETTER), 422, null, 1, null))));

            // When
            fixture.append("good.jsonl", "m".repeat(3 * LETTER));

            // Then
            assertThat(fixture.spool.status().deadLetterBytes()).isGreaterThan(LETTER);
            assertThat(fixture.spool.status().full()).isFalse();
        }
    }

    @Test
    void countsTheBytesOfDeadLettersTheSameAfterARestart() throws Exception {
        // Given
        SpoolStatus before;
        try (SpoolFixture fixture = new SpoolFixture(directory)) {
            bury(fixture, "bad.jsonl", 7);
            fixture.append("good.jsonl", "refused", "waits");
            fixture.lane()
                    .settle(List.of(Settled.dead(
                            fixture.take(1).get(0),
                            new Refusal(DeadLetterCode.REFUSED, "refused \u00e4", 422, "answer", 1, null))));
            before = fixture.spool.status();
        }

        // When
        try (SpoolFixture restarted = new SpoolFixture(directory)) {
            // Then
            assertThat(restarted.spool.status()).isEqualTo(before);
            assertThat(before.deadLetters()).isEqualTo(8);
        }
    }

    @Test
    void goesOnAfterARestartWithAHigherLimit() throws Exception {
        // Given
        try (SpoolFixture fixture = SpoolFixture.ofRoom(directory, ROOMY, LETTER)) {
            bury(fixture, "bad.jsonl", 1);
            assertThat(fixture.spool.status().deadLetterProblem())
                    .contains("1 dead letters take", "relay.dead-letters.max-bytes is 4000", "its source with it");
        }

        // When
        try (SpoolFixture restarted = SpoolFixture.ofRoom(directory, ROOMY, 3 * LETTER)) {
            bury(restarted, "bad.jsonl", 1);

            // Then
            assertThat(restarted.counts("bad.jsonl").dead()).isEqualTo(2);
            assertThat(restarted.spool.status().deadLetterProblem()).isNull();
        }
    }

    @Test
    void saysThatSourcesWaitForABacklog() throws Exception {
        // Given
        try (SpoolFixture fixture = SpoolFixture.ofRoom(directory, 10, ROOMY)) {

            // When
            fixture.append("file", "more than ten bytes");

            // Then
            assertThat(fixture.spool.status().backlogProblem())
                    .isEqualTo("1 pending messages take 19 bytes, and relay.spool.max-bytes is 10:"
                            + " every source waits until some are delivered");
        }
    }

    private static CompletableFuture<Void> buryLater(SpoolFixture fixture, String unit) {
        CompletableFuture<Void> source = CompletableFuture.runAsync(() -> {
            try {
                bury(fixture, unit, 1);
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        });
        Awaitility.await()
                .until(() -> fixture.units().stream()
                        .anyMatch(counts -> counts.unit().equals(unit)));
        return source;
    }

    private static void bury(SpoolFixture fixture, String unit, int count) throws InterruptedException {
        RecordIntake intake = fixture.intake("accounts", unit);
        for (int i = 0; i < count; i++) {
            intake.dead(
                    new DeadRecord("line " + i, DeadLetterCode.CONTRACT, "absent", Content.record(new byte[LETTER])));
            intake.recordDone(ResumePoint.NONE);
        }
        intake.flush();
    }
}

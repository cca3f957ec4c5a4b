package io.vitallyrelay.spool;

import static io.vitallyrelay.spool.SpoolFixture.AT_ONCE;
import static io.vitallyrelay.spool.SpoolFixture.ROOMY;
import static io.vitallyrelay.spool.SpoolFixture.contents;
import static io.vitallyrelay.spool.SpoolFixture.message;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalSpoolTest {
    @TempDir
    Path directory;

    @Test
    void givesMessagesInTheOrderOfTheirAppends() throws Exception {
        // Given
        try (SpoolFixture fixture = new SpoolFixture(directory)) {
            String[] many =
                    IntStream.range(0, 2000).mapToObj(i -> "message " + i).toArray(String[]::new);

            // When
            fixture.append("file", many);

            // Then
            assertThat(contents(fixture.take(2000))).containsExactly(many);
        }
    }

    @Test
    void givesAMessageThatWasNotSettledAgainAfterARestart() throws Exception {
        // Given
        try (SpoolFixture fixture = new SpoolFixture(directory)) {
            fixture.append("file", "a", "b", "c");
            List<PendingMessage> taken = fixture.takeAnswered(3);
            fixture.spool.settle(List.of(Settlement.delivered(taken.get(1))));
        }

        // When
        try (SpoolFixture restarted = new SpoolFixture(directory)) {
            // Then
            assertThat(contents(restarted.take(2))).containsExactly("a", "c");
        }
    }

    @Test
    void keepsTheResumePointWithTheRows() throws Exception {
        // Given
        try (SpoolFixture fixture = new SpoolFixture(directory)) {
            fixture.append("file", "a", "b");
        }

        // When
        try (SpoolFixture restarted = new SpoolFixture(directory)) {
            // Then
            assertThat(restarted.spool.intake("accounts", "file").resumeAt()).isEqualTo("after b");
        }
    }

    @Test
    void takesARecordAsAWholeOrNotAtAll() throws Exception {
        // Given
        try (SpoolFixture fixture = new SpoolFixture(directory)) {
            Intake intake = fixture.spool.intake("accounts", "file");
            intake.message(message("a", "first half"), "1");

            // When: the second half fails
            intake.discard();
            intake.dead(new DeadRecord("1", "broken", new byte[0]));
            intake.recordDone(() -> "after 1");
            intake.flush();

            // Then
            assertThat(fixture.spool.take(0, 10, AT_ONCE)).isEmpty();
        }
    }

    @Test
    void stagesRecordsThatAreDoneTogether() throws Exception {
        // Given
        try (SpoolFixture fixture = new SpoolFixture(directory)) {
            Intake intake = fixture.spool.intake("accounts", "file");
            intake.message(message("a", "a"), "1");
            intake.recordDoneLater(() -> "after 1");
            intake.recordDoneLater(() -> "after 2");
            intake.message(message("b", "thrown away"), "3");
            intake.discard();
            intake.dead(new DeadRecord("3", "broken", new byte[0]));
            intake.recordDoneLater(() -> "after 3");
            intake.message(message("c", "of a record that is not done"), "4");
            int gathered = intake.gathered();

            // When
            String before = intake.resumeAt();
            intake.stageDone();
            intake.flush();

            // Then
            assertThat(before).isEmpty();
            assertThat(gathered).isEqualTo(1);
            assertThat(intake.resumeAt()).isEqualTo("after 3");
            assertThat(fixture.counts("file"))
                    .extracting(UnitCounts::read, UnitCounts::dead, UnitCounts::pending, UnitCounts::skipped)
                    .containsExactly(2L, 1L, 1L, 1L);
            assertThat(SpoolFixture.contents(fixture.take(1))).containsExactly("a");
        }
    }

    @Test
    void balancesReadAgainstDeliveredDeadAndPending() throws Exception {
        // Given
        try (SpoolFixture fixture = new SpoolFixture(directory)) {
            fixture.append("file", "a", "b", "c");
            List<PendingMessage> taken = fixture.takeAnswered(3);

            // When
            fixture.spool.settle(List.of(
                    Settlement.delivered(taken.get(0)),
                    Settlement.dead(taken.get(1), new Refusal("refused", 422, "no", 1))));

            // Then
            assertThat(fixture.counts("file"))
                    .extracting(UnitCounts::read, UnitCounts::delivered, UnitCounts::dead, UnitCounts::pending)
                    .containsExactly(3L, 1L, 1L, 1L);
        }
    }

    @Test
    void keepsTheCountsOverARestart() throws Exception {
        // Given
        try (SpoolFixture fixture = new SpoolFixture(directory)) {
            fixture.append("file", "a", "b", "c");
            fixture.spool.settle(
                    List.of(Settlement.delivered(fixture.takeAnswered(1).get(0))));
        }

        // When
        try (SpoolFixture restarted = new SpoolFixture(directory)) {
            // Then
            assertThat(restarted.counts("file"))
                    .extracting(UnitCounts::read, UnitCounts::delivered, UnitCounts::pending)
                    .containsExactly(3L, 1L, 2L);
        }
    }

    @Test
    void keepsADeadLetterWithReasonAnswerAndOrigin() throws Exception {
        // Given
        try (SpoolFixture fixture = new SpoolFixture(directory)) {
            fixture.append("file", "bad");
            PendingMessage bad = fixture.takeAnswered(1).get(0);

            // When
            fixture.spool.settle(List.of(Settlement.dead(bad, new Refusal("refused", 422, "{}", 3))));
        }

        // Then
        try (SpoolFixture restarted = new SpoolFixture(directory)) {
            DeadLetter letter =
                    restarted.spool.deadLetters(DeadLetterFilter.ALL, 0, 10).get(0);
            assertThat(letter.origin().position()).isEqualTo("line of bad");
            assertThat(letter.refusal()).isEqualTo(new Refusal("refused", 422, "{}", 3));
            assertThat(new String(letter.content(), StandardCharsets.UTF_8)).isEqualTo("bad");
        }
    }

    @Test
    void keepsAllMessagesOfAnEntityInOneLane() throws Exception {
        // Given
        try (SpoolFixture fixture = new SpoolFixture(directory, 4, ROOMY, ROOMY)) {
            Intake intake = fixture.spool.intake("accounts", "file");
            for (int i = 0; i < 400; i++) {
                intake.message(message("user:" + i % 20, i % 20 + "/" + i / 20), "line " + i);
                intake.recordDone(ResumePoint.NONE);
            }
            intake.flush();

            // When
            List<List<String>> lanes = new ArrayList<>();
            for (int lane = 0; lane < 4; lane++) {
                lanes.add(contents(fixture.spool.take(lane, 1000, Duration.ofSeconds(5))));
            }

            // Then
            for (int user = 0; user < 20; user++) {
                String prefix = user + "/";
                List<List<String>> ofUser = lanes.stream()
                        .map(lane ->
                                lane.stream().filter(m -> m.startsWith(prefix)).toList())
                        .filter(lane -> !lane.isEmpty())
                        .toList();
                assertThat(ofUser)
                        .singleElement()
                        .isEqualTo(
                                IntStream.range(0, 20).mapToObj(i -> prefix + i).toList());
            }
        }
    }

    @Test
    void keepsTheOrderPerEntityWhenTheNumberOfLanesChanges() throws Exception {
        // Given
        try (SpoolFixture four = new SpoolFixture(directory, 4, ROOMY, ROOMY)) {
            four.append("file", "a", "b", "c", "d", "e");
        }

        // When
        try (SpoolFixture one = new SpoolFixture(directory, 1, ROOMY, ROOMY)) {
            // Then
            assertThat(contents(one.take(5))).containsExactly("a", "b", "c", "d", "e");
        }
    }

    @Test
    void holdsNoMoreInMemoryThanItsWindow() throws Exception {
        // Given: far more than the window
        String content = "x".repeat(10_000);
        try (SpoolFixture fixture = new SpoolFixture(directory, 1, 300_000, ROOMY)) {
            String[] many = new String[500];
            java.util.Arrays.fill(many, content);
            fixture.append("file", many);

            // When
            int taken = 0;
            for (int some = -1; some != 0; taken += some) {
                some = fixture.spool.take(0, 1000, AT_ONCE).size();
            }

            // Then
            assertThat((long) taken * content.length()).isBetween(300_000L, 300_000L + 2 * BlockWriter.BYTES);
        }
    }

    @Test
    void makesSourcesWaitWhenItIsFullAndLetsThemGoOnWhenThereIsRoom() throws Exception {
        // Given
        String content = "x".repeat(1000);
        try (SpoolFixture fixture = new SpoolFixture(directory, 1, ROOMY, 10_000)) {
            CompletableFuture<Void> source = CompletableFuture.runAsync(() -> {
                try {
                    fixture.append(
                            "file",
                            IntStream.range(0, 30).mapToObj(i -> content).toArray(String[]::new));
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
            });
            Awaitility.await().until(() -> fixture.spool.status().full());
            assertThat(source).isNotDone();

            // When
            for (int i = 0; i < 30; i++) {
                fixture.spool.settle(
                        List.of(Settlement.delivered(fixture.takeAnswered(1).get(0))));
            }

            // Then
            source.get(20, TimeUnit.SECONDS);
            assertThat(fixture.counts("file").delivered()).isEqualTo(30);
        }
    }

    @Test
    void refusesARecordWithoutRoomWhenNoSourceMayWait() throws Exception {
        // Given
        try (SpoolFixture fixture = new SpoolFixture(directory, 1, ROOMY, 10)) {
            fixture.append("file", "more than ten bytes");
            CompletableFuture<Void> source = CompletableFuture.runAsync(() -> {
                try {
                    fixture.append("file", "next");
                } catch (InterruptedException e) {
                    throw new AssertionError(e);
                }
            });

            // When
            fixture.spool.letNoSourceWait();

            // Then
            assertThatThrownBy(() -> source.get(20, TimeUnit.SECONDS)).hasCauseInstanceOf(SpoolClosedException.class);
            assertThat(fixture.counts("file").resumeAt()).isEqualTo("after more than ten bytes");
        }
    }

    @Test
    void takesARecordForWhichThereIsRoomWhenNoSourceMayWait() throws Exception {
        // Given
        try (SpoolFixture fixture = new SpoolFixture(directory)) {
            fixture.spool.letNoSourceWait();

            // When
            fixture.append("file", "a");

            // Then
            assertThat(fixture.counts("file").pending()).isEqualTo(1);
        }
    }

    @Test
    void countsTheMessagesOfEachLane() throws Exception {
        // Given
        try (SpoolFixture fixture = new SpoolFixture(directory, 2, ROOMY, ROOMY)) {
            fixture.append("file", "a", "b", "c", "d");
            List<PendingMessage> taken = fixture.takeAnswered(2);

            // When
            fixture.spool.settle(List.of(
                    Settlement.delivered(taken.get(0)),
                    Settlement.dead(taken.get(1), new Refusal("refused", 422, "no", 1))));

            // Then
            assertThat(fixture.spool.lanes()).containsExactly(new LaneCounts(1, 1, 1), new LaneCounts(1, 0, 0));
        }
        try (SpoolFixture restarted = new SpoolFixture(directory, 2, ROOMY, ROOMY)) {
            assertThat(restarted.spool.lanes()).containsExactly(new LaneCounts(1, 0, 0), new LaneCounts(1, 0, 0));
        }
    }

    @Test
    void refusesARecordWhileItCloses() throws Exception {
        // Given
        SpoolFixture fixture = new SpoolFixture(directory);
        Intake intake = fixture.spool.intake("accounts", "file");
        intake.message(message("a", "late"), "1");

        // When
        fixture.close();

        // Then
        assertThatThrownBy(() -> intake.recordDone(ResumePoint.NONE)).isInstanceOf(SpoolClosedException.class);
    }

    @Test
    void refusesASecondProcessOnTheSameStore() {
        // Given
        try (SpoolFixture first = new SpoolFixture(directory)) {
            // When
            assertThatThrownBy(() -> new SpoolFixture(directory))
                    // Then
                    .isInstanceOf(SpoolException.class)
                    .hasMessageContaining("in use by another process")
                    .hasMessageContaining("relay.data");
            assertThat(first.spool.units()).isEmpty();
        }
    }

    @Test
    void forgetsTheResumePointOfAFinishedUnit() throws Exception {
        // Given
        try (SpoolFixture fixture = new SpoolFixture(directory)) {
            fixture.append("file", "a");

            // When
            fixture.spool.finish("accounts", "file");

            // Then
            assertThat(fixture.spool.intake("accounts", "file").resumeAt()).isEmpty();
        }
    }

    @Test
    void rollsUpUnitsThatFinishedLongAgo() throws Exception {
        // Given
        Instant now = Instant.parse("2026-01-01T00:00:00Z");
        try (SpoolFixture fixture = new SpoolFixture(directory, 1, ROOMY, ROOMY, InstantSource.fixed(now))) {
            fixture.append("old", "a", "b");
            fixture.spool.settle(
                    fixture.takeAnswered(2).stream().map(Settlement::delivered).toList());
            fixture.spool.finish("accounts", "old");
        }

        // When
        InstantSource later = InstantSource.fixed(now.plus(Duration.ofDays(8)));
        try (SpoolFixture restarted = new SpoolFixture(directory, 1, ROOMY, ROOMY, later)) {
            restarted.append("new", "c");

            // Then
            Awaitility.await()
                    .untilAsserted(() -> assertThat(restarted.spool.units())
                            .extracting(UnitCounts::unit)
                            .containsExactly(LocalSpool.ROLLED_UP, "new"));
            assertThat(restarted.counts(LocalSpool.ROLLED_UP).delivered()).isEqualTo(2);
        }
    }

    @Test
    void filtersDeadLettersByIntegrationAndReason() throws Exception {
        // Given
        try (SpoolFixture fixture = new SpoolFixture(directory)) {
            Intake intake = fixture.spool.intake("accounts", "file");
            intake.dead(new DeadRecord("1", "userId: is absent", new byte[0]));
            intake.dead(new DeadRecord("2", "timestamp: not a date", new byte[0]));
            intake.recordDone(ResumePoint.NONE);
            intake.flush();

            // When
            List<DeadLetter> found =
                    fixture.spool.deadLetters(new DeadLetterFilter("accounts", "timestamp", null), 0, 10);

            // Then
            assertThat(found).extracting(letter -> letter.origin().position()).containsExactly("2");
        }
    }

    @Test
    void givesTheFileSpaceBackAfterABacklogIsGone() throws Exception {
        // Given
        try (SpoolFixture fixture = new SpoolFixture(directory)) {
            String content = "x".repeat(20_000);
            for (int round = 0; round < 40; round++) {
                fixture.append(
                        "file", IntStream.range(0, 200).mapToObj(i -> content).toArray(String[]::new));
                fixture.spool.settle(fixture.takeAnswered(200).stream()
                        .map(Settlement::delivered)
                        .toList());
            }
        }

        // When
        long bytes = java.nio.file.Files.size(directory.resolve("spool.mv"));

        // Then: 160 MB went through
        assertThat(bytes).isLessThan(60_000_000);
    }
}

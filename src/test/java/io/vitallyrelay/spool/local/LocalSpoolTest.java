package io.vitallyrelay.spool.local;

import static io.vitallyrelay.spool.local.SpoolFixture.AT_ONCE;
import static io.vitallyrelay.spool.local.SpoolFixture.ROOMY;
import static io.vitallyrelay.spool.local.SpoolFixture.contents;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vitallyrelay.spool.Settled;
import io.vitallyrelay.spool.SpoolClosedException;
import io.vitallyrelay.spool.SpoolException;
import io.vitallyrelay.spool.UnitCounts;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
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
                some = fixture.lane().poll(1000, AT_ONCE).size();
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
                fixture.lane().settle(List.of(Settled.delivered(fixture.take(1).get(0))));
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
    void refusesASecondProcessOnTheSameStore() {
        // Given
        try (SpoolFixture first = new SpoolFixture(directory)) {
            // When
            assertThatThrownBy(() -> new SpoolFixture(directory))
                    // Then
                    .isInstanceOf(SpoolException.class)
                    .hasMessageContaining("in use by another process")
                    .hasMessageContaining("relay.data");
            assertThat(first.units()).isEmpty();
        }
    }

    @Test
    void rollsUpUnitsThatFinishedLongAgo() throws Exception {
        // Given
        Instant now = Instant.parse("2026-01-01T00:00:00Z");
        try (SpoolFixture fixture = new SpoolFixture(directory, 1, ROOMY, ROOMY, InstantSource.fixed(now))) {
            fixture.append("old", "a", "b");
            fixture.lane()
                    .settle(fixture.take(2).stream().map(Settled::delivered).toList());
            fixture.spool.finish("accounts", "old");
        }

        // When
        InstantSource later = InstantSource.fixed(now.plus(Duration.ofDays(8)));
        try (SpoolFixture restarted = new SpoolFixture(directory, 1, ROOMY, ROOMY, later)) {
            restarted.append("new", "c");

            // Then
            Awaitility.await()
                    .untilAsserted(() -> assertThat(restarted.units())
                            .extracting(UnitCounts::unit)
                            .containsExactly(LocalSpool.ROLLED_UP, "new"));
            assertThat(restarted.counts(LocalSpool.ROLLED_UP).delivered()).isEqualTo(2);
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
                fixture.lane()
                        .settle(fixture.take(200).stream()
                                .map(Settled::delivered)
                                .toList());
            }
        }

        // When
        long bytes = java.nio.file.Files.size(directory.resolve("spool.mv"));

        // Then: 160 MB went through
        assertThat(bytes).isLessThan(60_000_000);
    }
}

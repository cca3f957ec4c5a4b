package io.vitallyrelay.spool.local;

import static io.vitallyrelay.spool.local.SpoolFixture.ROOMY;
import static io.vitallyrelay.spool.local.SpoolFixture.contents;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vitallyrelay.spool.Pending;
import io.vitallyrelay.spool.Settled;
import io.vitallyrelay.spool.SpoolClosedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where there is little room on the disk, sources wait, and lanes go on. */
class DiskFullTest {
    private static final long MINIMUM = Disk.share(ROOMY);
    private static final long PLENTY = 10 * MINIMUM;

    private final AtomicLong usable = new AtomicLong(PLENTY);

    @TempDir
    Path directory;

    @Test
    void letsSourcesWaitBelowTheMinimumAndLanesSettle() throws Exception {
        // Given
        try (SpoolFixture fixture = SpoolFixture.onDisk(directory, usable::get)) {
            fixture.append("file", "a", "b");
            awaitReserve(MINIMUM);

            // When
            usable.set(MINIMUM - 1);
            awaitShort(fixture);
            CompletableFuture<Void> source = appendLater(fixture, "c");
            List<Pending> pending = fixture.take(2);
            fixture.lane().settle(pending.stream().map(Settled::delivered).toList());

            // Then
            assertThat(fixture.spool.status().pending()).isZero();
            assertThat(fixture.spool.status().failure())
                    .contains(directory.toString(), (MINIMUM - 1) + " bytes left", "make room");
            assertThat(source).isNotDone();

            // When
            usable.set(PLENTY);

            // Then
            source.get(20, TimeUnit.SECONDS);
            assertThat(contents(fixture.take(1))).containsExactly("c");
            assertThat(fixture.spool.status().failure()).isNull();
        }
    }

    @Test
    void takesTheReserveOnlyWhereTheMinimumIsLeftBesides() throws Exception {
        // Given
        usable.set(2 * MINIMUM - 1);
        try (SpoolFixture fixture = SpoolFixture.onDisk(directory, usable::get)) {

            // When
            CompletableFuture<Void> source = appendLater(fixture, "a");

            // Then
            awaitShort(fixture);
            assertThat(directory.resolve("reserve")).doesNotExist();

            // When
            usable.set(PLENTY);

            // Then
            source.get(20, TimeUnit.SECONDS);
            awaitReserve(MINIMUM);
        }
    }

    @Test
    void doesNotLetASourceWaitForTheDiskWhenTheServiceStops() throws Exception {
        // Given
        usable.set(0);
        try (SpoolFixture fixture = SpoolFixture.onDisk(directory, usable::get)) {
            awaitShort(fixture);
            CompletableFuture<Void> source = appendLater(fixture, "a");

            // When
            fixture.spool.letNoSourceWait();

            // Then
            assertThatThrownBy(() -> source.get(20, TimeUnit.SECONDS)).hasCauseInstanceOf(SpoolClosedException.class);
        }
    }

    @Test
    void isGivenUpInPartsAndTakenAgain() throws Exception {
        // Given
        Reserve reserve = new Reserve(directory, 1000);
        reserve.take();

        // When
        assertThat(reserve.giveUp()).isTrue();

        // Then
        assertThat(reserve.missing()).isEqualTo(250);
        assertThat(new Reserve(directory, 1000).missing()).isEqualTo(250);
        while (reserve.giveUp()) {
            assertThat(reserve.missing()).isEqualTo(1000 - Files.size(directory.resolve("reserve")));
        }
        assertThat(reserve.missing()).isEqualTo(1000);
        reserve.take();
        assertThat(reserve.missing()).isZero();
        awaitReserve(1000);
    }

    private static CompletableFuture<Void> appendLater(SpoolFixture fixture, String content) {
        return CompletableFuture.runAsync(() -> {
            try {
                fixture.append("file", content);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
    }

    private static void awaitShort(SpoolFixture fixture) {
        Awaitility.await()
                .untilAsserted(
                        () -> assertThat(fixture.spool.status().failure()).isNotNull());
    }

    private void awaitReserve(long size) {
        Awaitility.await()
                .untilAsserted(() ->
                        assertThat(Files.size(directory.resolve("reserve"))).isEqualTo(size));
    }
}

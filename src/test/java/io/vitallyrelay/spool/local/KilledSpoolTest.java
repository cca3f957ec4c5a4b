package io.vitallyrelay.spool.local;

import static io.vitallyrelay.spool.local.SpoolFixture.AT_ONCE;
import static io.vitallyrelay.spool.local.SpoolFixture.contents;
import static org.assertj.core.api.Assertions.assertThat;

import io.vitallyrelay.spool.Pending;
import io.vitallyrelay.spool.Settled;
import io.vitallyrelay.spool.UnitCounts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A copy of the files while the spool is open is what a killed process leaves. */
class KilledSpoolTest {
    private static final int MESSAGES = 60;

    @TempDir
    Path directory;

    @Test
    void givesNothingAgainThatWasSettledAtTheMomentOfTheKill() throws Exception {
        // Given
        String[] messages =
                IntStream.range(0, MESSAGES).mapToObj(i -> "message " + i).toArray(String[]::new);
        List<Path> killed = new ArrayList<>();
        try (SpoolFixture fixture = new SpoolFixture(directory.resolve("spool"))) {
            fixture.append("file", messages);
            for (Pending message : fixture.take(MESSAGES)) {
                fixture.lane().settle(List.of(Settled.delivered(message)));
                killed.add(copy("spool", "killed " + killed.size()));
            }
        }

        // When
        List<List<String>> given = new ArrayList<>();
        for (Path copy : killed) {
            given.add(contentsOf(copy));
        }

        // Then
        assertThat(given)
                .containsExactlyElementsOf(IntStream.rangeClosed(1, MESSAGES)
                        .mapToObj(settled -> List.of(messages).subList(settled, MESSAGES))
                        .toList());
    }

    @Test
    void countsWhatWasSettledAtTheMomentOfTheKillAsDelivered() throws Exception {
        // Given
        try (SpoolFixture fixture = new SpoolFixture(directory.resolve("spool"))) {
            fixture.append("file", "a", "b", "c");
            List<Pending> taken = fixture.take(2);
            fixture.lane().settle(List.of(Settled.delivered(taken.get(0)), Settled.delivered(taken.get(1))));
            copy("spool", "killed");
        }

        // When
        try (SpoolFixture restarted = new SpoolFixture(directory.resolve("killed"))) {
            // Then
            assertThat(restarted.counts("file"))
                    .extracting(UnitCounts::read, UnitCounts::delivered, UnitCounts::pending)
                    .containsExactly(3L, 2L, 1L);
        }
    }

    @Test
    void settlesNothingByTheLogOfALaterStoreWithTheSameKeys() throws Exception {
        // Given an empty store, and the log of one whose first block was delivered
        Path spool = directory.resolve("spool");
        new SpoolFixture(spool).close();
        Path older = copy("spool", "older");
        try (SpoolFixture fixture = new SpoolFixture(spool)) {
            fixture.append("file", "a", "b");
            fixture.lane()
                    .settle(fixture.take(2).stream().map(Settled::delivered).toList());
        }
        try (SpoolFixture fixture = new SpoolFixture(older)) {
            fixture.append("file", "c", "d");
        }
        for (String log : List.of("delivered.0", "delivered.1")) {
            Files.write(older.resolve(log), Files.readAllBytes(spool.resolve(log)));
        }

        // When
        List<String> given = contentsOf(older);

        // Then
        assertThat(given).containsExactly("c", "d");
    }

    @Test
    void givesAllSinceTheLastSyncAgainWhenTheLogHoldsOnlySomeOfIt() throws Exception {
        // Given a loss of power: the store as it was, and logs that were written over since
        Path lost;
        Path spool = directory.resolve("spool");
        try (SpoolFixture fixture = new SpoolFixture(spool)) {
            fixture.append("file", "a", "b", "c", "d");
            lost = copy("spool", "lost");
            for (Pending message : fixture.take(4)) {
                fixture.lane().settle(List.of(Settled.delivered(message)));
                fixture.append("another file", "makes a commit");
            }
        }
        for (String log : List.of("delivered.0", "delivered.1")) {
            Files.write(lost.resolve(log), Files.readAllBytes(spool.resolve(log)));
        }

        // When
        List<String> given = contentsOf(lost);

        // Then
        assertThat(given).containsExactly("a", "b", "c", "d");
    }

    private static List<String> contentsOf(Path spool) throws InterruptedException {
        try (SpoolFixture fixture = new SpoolFixture(spool)) {
            return contents(fixture.lane().poll(MESSAGES, AT_ONCE));
        }
    }

    private Path copy(String from, String to) throws IOException {
        Path copy = Files.createDirectory(directory.resolve(to));
        try (Stream<Path> files = Files.list(directory.resolve(from))) {
            for (Path file : files.toList()) {
                Files.write(copy.resolve(file.getFileName()), Files.readAllBytes(file));
            }
        }
        return copy;
    }
}

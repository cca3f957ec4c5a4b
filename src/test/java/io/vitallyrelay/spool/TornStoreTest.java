package io.vitallyrelay.spool;

import static io.vitallyrelay.spool.SpoolFixture.AT_ONCE;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whatever is cut off or changed in the file: either all that was acknowledged and not settled is there, or the store refuses
 * to start. Run again with {@code -Dspool.seed=}, longer with
 * {@code -Dspool.rounds=}.
 */
class TornStoreTest {
    private static final int COMMITS = 12;
    private static final int ROUNDS = Integer.getInteger("spool.rounds", 300);

    @TempDir
    Path directory;

    private final Set<String> acknowledged = new HashSet<>();
    private byte[] spool;
    private byte[] synced;

    @BeforeEach
    void aStoreThatWasKilledAfterSomeCommits() throws Exception {
        try (SpoolFixture fixture = new SpoolFixture(directory)) {
            for (int commit = 0; commit < COMMITS; commit++) {
                String[] contents = contentsOf(commit);
                fixture.append("file", contents);
                acknowledged.addAll(List.of(contents));
                PendingMessage first = fixture.takeAnswered(1).get(0);
                acknowledged.remove(new String(first.json(), StandardCharsets.UTF_8));
                fixture.spool.settle(List.of(Settlement.delivered(first)));
            }
            // a copy while it is open is what a killed process leaves
            spool = Files.readAllBytes(directory.resolve("spool.mv"));
            synced = Files.readAllBytes(directory.resolve("synced"));
        }
    }

    private static String[] contentsOf(int commit) {
        return IntStream.range(0, 20)
                .mapToObj(i -> "message " + commit + "/" + i + " " + "x".repeat(50))
                .toArray(String[]::new);
    }

    @Test
    void isWholeAfterAKill() throws Exception {
        // When
        assertThat(opensWithAllOrRefuses(spool))
                // Then
                .isTrue();
    }

    @Test
    void neverStartsWithLessWhenItsEndIsCutOff() throws Exception {
        // Given
        List<String> lost = new ArrayList<>();
        int opened = 0;

        // When
        for (int length = spool.length; length >= 0; length -= Math.max(1, spool.length / 150)) {
            opened += check(Arrays.copyOf(spool, length), "cut at " + length, lost);
        }

        // Then
        assertThat(lost).isEmpty();
        assertThat(opened).isPositive();
    }

    @Test
    void neverStartsWithLessWhenBytesAreChanged() throws Exception {
        // Given
        long seed = Long.getLong("spool.seed", System.nanoTime());
        System.out.println("TornStoreTest: -Dspool.seed=" + seed);
        Random random = new Random(seed);
        List<String> lost = new ArrayList<>();
        int opened = 0;

        // When
        for (int round = 0; round < ROUNDS; round++) {
            byte[] changed = spool.clone();
            int at = random.nextInt(changed.length);
            int length = Math.min(1 + random.nextInt(64), changed.length - at);
            for (int i = at; i < at + length; i++) {
                changed[i] = (byte) random.nextInt(256);
            }
            opened += check(changed, length + " bytes at " + at, lost);
        }

        // Then
        assertThat(lost).isEmpty();
        assertThat(opened).isPositive();
    }

    private int check(byte[] content, String how, List<String> lost) throws Exception {
        try {
            return opensWithAllOrRefuses(content) ? 1 : 0;
        } catch (AssertionError e) {
            lost.add(how + ": " + e.getMessage());
            return 0;
        }
    }

    /** @return false when it refuses */
    private boolean opensWithAllOrRefuses(byte[] content) throws Exception {
        Path copy = Files.createTempDirectory(directory, "copy");
        Files.write(copy.resolve("spool.mv"), content);
        Files.write(copy.resolve("synced"), synced);
        Set<String> found = new HashSet<>();
        try (SpoolFixture fixture = new SpoolFixture(copy)) {
            for (List<PendingMessage> some = fixture.spool.take(0, 1000, AT_ONCE);
                    !some.isEmpty();
                    some = fixture.spool.take(0, 1000, AT_ONCE)) {
                found.addAll(SpoolFixture.contents(some));
            }
        } catch (SpoolException refused) {
            assertThat(refused).hasMessageContaining("Restore the folder");
            return false;
        } finally {
            delete(copy);
        }
        assertThat(found).containsAll(acknowledged);
        return true;
    }

    private static void delete(Path folder) throws IOException {
        try (var files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(folder);
    }
}

package io.vitallyrelay.spool.local;

import static io.vitallyrelay.spool.local.SpoolFixture.AT_ONCE;
import static org.assertj.core.api.Assertions.assertThat;

import io.vitallyrelay.spool.Pending;
import io.vitallyrelay.spool.Settled;
import io.vitallyrelay.spool.SpoolException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Whatever is cut off or changed in one of the files: either all that was acknowledged and not settled is there, or the store refuses
 * to start. Run again with {@code -Dspool.seed=}, longer with
 * {@code -Dspool.rounds=}.
 */
class TornStoreTest {
    private static final String STORE = "spool.mv";
    private static final int COMMITS = 12;
    private static final int ROUNDS = Integer.getInteger("spool.rounds", 300);

    @TempDir
    Path directory;

    private final Set<String> acknowledged = new HashSet<>();
    private final Map<String, byte[]> files = new HashMap<>();

    @BeforeEach
    void aStoreThatWasKilledAfterSomeCommits() throws Exception {
        try (SpoolFixture fixture = new SpoolFixture(directory)) {
            for (int commit = 0; commit < COMMITS; commit++) {
                String[] contents = contentsOf(commit);
                fixture.append("file", contents);
                acknowledged.addAll(List.of(contents));
                Pending first = fixture.take(1).get(0);
                acknowledged.remove(new String(first.json(), StandardCharsets.UTF_8));
                fixture.lane().settle(List.of(Settled.delivered(first)));
            }
            // a copy while it is open is what a killed process leaves
            for (String name : List.of(STORE, "synced", "delivered.0", "delivered.1")) {
                files.put(name, Files.readAllBytes(directory.resolve(name)));
            }
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
        assertThat(opensWithAllOrRefuses(STORE, files.get(STORE)))
                // Then
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {STORE, "delivered.0", "delivered.1"})
    void neverStartsWithLessWhenItsEndIsCutOff(String name) throws Exception {
        // Given
        byte[] whole = files.get(name);
        List<String> lost = new ArrayList<>();
        int opened = 0;

        // When
        for (int length = whole.length; length >= 0; length -= Math.max(1, whole.length / 150)) {
            opened += check(name, Arrays.copyOf(whole, length), "cut at " + length, lost);
        }

        // Then
        assertThat(lost).isEmpty();
        assertThat(opened).isPositive();
    }

    @ParameterizedTest
    @ValueSource(strings = {STORE, "delivered.0", "delivered.1"})
    void neverStartsWithLessWhenBytesAreChanged(String name) throws Exception {
        // Given
        byte[] whole = files.get(name);
        long seed = Long.getLong("spool.seed", System.nanoTime());
        System.out.println("TornStoreTest: -Dspool.seed=" + seed);
        Random random = new Random(seed);
        List<String> lost = new ArrayList<>();
        int opened = 0;

        // When
        for (int round = 0; round < ROUNDS; round++) {
            byte[] changed = whole.clone();
            int at = random.nextInt(changed.length);
            int length = Math.min(1 + random.nextInt(64), changed.length - at);
            for (int i = at; i < at + length; i++) {
                changed[i] = (byte) random.nextInt(256);
            }
            opened += check(name, changed, length + " bytes at " + at, lost);
        }

        // Then
        assertThat(lost).isEmpty();
        assertThat(opened).isPositive();
    }

    private int check(String name, byte[] content, String how, List<String> lost) throws Exception {
        try {
            return opensWithAllOrRefuses(name, content) ? 1 : 0;
        } catch (AssertionError e) {
            lost.add(how + ": " + e.getMessage());
            return 0;
        }
    }

    /** @return false when it refuses */
    private boolean opensWithAllOrRefuses(String name, byte[] content) throws Exception {
        Path copy = Files.createTempDirectory(directory, "copy");
        for (Map.Entry<String, byte[]> file : files.entrySet()) {
            Files.write(copy.resolve(file.getKey()), file.getKey().equals(name) ? content : file.getValue());
        }
        Set<String> found = new HashSet<>();
        try (SpoolFixture fixture = new SpoolFixture(copy)) {
            for (List<Pending> some = fixture.lane().poll(1000, AT_ONCE);
                    !some.isEmpty();
                    some = fixture.lane().poll(1000, AT_ONCE)) {
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

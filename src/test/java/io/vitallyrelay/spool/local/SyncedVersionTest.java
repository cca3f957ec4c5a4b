package io.vitallyrelay.spool.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.vitallyrelay.spool.local.StoreFile.End;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SyncedVersionTest {
    private static final End STORE = new End(12_288, 7);
    private static final End LETTERS = new End(8_192, 3);
    private static final List<End> UNKNOWN = List.of(End.UNKNOWN, End.UNKNOWN);

    @TempDir
    Path directory;

    @Test
    void tellsHowTheFilesWereClosedOnce() throws IOException {
        // Given
        setEnds();

        // Then
        assertThat(takeEnds()).containsExactly(STORE, LETTERS);
        assertThat(takeEnds()).isEqualTo(UNKNOWN);
    }

    @Test
    void tellsNothingOfFilesThatWereWrittenSince() throws IOException {
        // Given
        setEnds();

        // When
        try (SyncedVersion synced = new SyncedVersion(path(), StoreFiles.LOCAL)) {
            synced.set(STORE.version() + 1);
        }

        // Then
        assertThat(takeEnds()).isEqualTo(UNKNOWN);
    }

    @Test
    void tellsNothingWhereAPartOfItWasWritten() throws IOException {
        // Given
        setEnds();
        byte[] whole = Files.readAllBytes(path());

        for (int length = 0; length < whole.length; length++) {
            // When
            Files.write(path(), Arrays.copyOf(whole, length));

            // Then
            assertThat(takeEnds()).isEqualTo(UNKNOWN);
        }
    }

    @Test
    void tellsHowASpoolWasClosedAndNothingOfAnOpenOne() throws Exception {
        // Given
        new SpoolFixture(directory).close();

        // When
        try (SpoolFixture fixture = new SpoolFixture(directory)) {
            fixture.append("file", "a");

            // Then
            assertThat(takeEnds()).isEqualTo(UNKNOWN);
        }
        assertThat(takeEnds())
                .extracting(End::bytes)
                .containsExactly(
                        Files.size(directory.resolve("spool.mv")), Files.size(directory.resolve("letters.mv")));
    }

    private void setEnds() throws IOException {
        try (SyncedVersion synced = new SyncedVersion(path(), StoreFiles.LOCAL)) {
            synced.set(STORE.version());
            synced.setEnds(STORE, LETTERS);
        }
    }

    private List<End> takeEnds() throws IOException {
        try (SyncedVersion synced = new SyncedVersion(path(), StoreFiles.LOCAL)) {
            return synced.takeEnds();
        }
    }

    private Path path() {
        return directory.resolve("synced");
    }
}

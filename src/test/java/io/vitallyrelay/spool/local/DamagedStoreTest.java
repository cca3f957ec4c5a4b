package io.vitallyrelay.spool.local;

import static io.vitallyrelay.spool.local.SpoolFixture.contents;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vitallyrelay.spool.Counts;
import io.vitallyrelay.spool.SpoolException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.type.ByteArrayDataType;
import org.h2.mvstore.type.LongDataType;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A damaged store refuses to start; it is never taken for an empty one. */
class DamagedStoreTest {
    private static final String CONTENT = "the message that must not get lost";

    @TempDir
    Path directory;

    private Path file;

    @BeforeEach
    void aStoreWithOneMessage() throws Exception {
        try (SpoolFixture fixture = new SpoolFixture(directory)) {
            fixture.append("file", CONTENT);
        }
        file = directory.resolve("spool.mv");
    }

    @Test
    void refusesAStoreWhoseFileIsMissing() throws IOException {
        // Given
        Files.delete(file);

        // When
        assertThatThrownBy(this::open)
                // Then
                .isInstanceOf(SpoolException.class)
                .hasMessageContaining("missing or empty")
                .hasMessageContaining("Restore");
    }

    @Test
    void refusesAnEmptyFile() throws IOException {
        // Given
        Files.write(file, new byte[0]);

        // When
        assertThatThrownBy(this::open)
                // Then
                .isInstanceOf(SpoolException.class)
                .hasMessageContaining("missing or empty");
    }

    @Test
    void refusesAFileOfGarbage() throws IOException {
        // Given
        Files.write(file, new byte[100_000]);

        // When
        assertThatThrownBy(this::open)
                // Then
                .isInstanceOf(SpoolException.class)
                .hasMessageContaining("is damaged");
    }

    @Test
    void refusesAMessageThatChangedOnDisk() throws IOException {
        // Given
        byte[] bytes = Files.readAllBytes(file);
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        for (int at = text.indexOf(CONTENT); at >= 0; at = text.indexOf(CONTENT, at + 1)) {
            bytes[at + 4] ^= 1;
        }
        Files.write(file, bytes);

        // When
        assertThatThrownBy(this::open)
                // Then
                .isInstanceOf(SpoolException.class)
                .hasMessageContaining("is damaged");
    }

    @Test
    void refusesUnitsWhoseCountsDoNotFitTheirMessagesAlthoughTheTotalsDo() throws Exception {
        // Given
        try (SpoolFixture fixture = new SpoolFixture(directory)) {
            fixture.append("other", "another message");
        }
        try (MVStore store = MVStore.open(file.toString())) {
            MVMap<Long, byte[]> units = store.openMap(
                    "units",
                    new MVMap.Builder<Long, byte[]>()
                            .keyType(LongDataType.INSTANCE)
                            .valueType(ByteArrayDataType.INSTANCE));
            for (long id : List.copyOf(units.keySet())) {
                Unit unit = Unit.decode(id, Sealed.open(id, units.get(id)));
                unit.counts = new Counts(unit.name.equals("file") ? 2 : 0, 0, 0, 0);
                units.put(id, Sealed.seal(id, unit.encode()));
            }
        }

        // When
        assertThatThrownBy(this::open)
                // Then
                .isInstanceOf(SpoolException.class)
                .hasMessageContaining("unit file of accounts has 2 pending messages by its counts, 1 in the store");
    }

    @Test
    void leavesADamagedFileAsItIs() throws IOException {
        // Given
        byte[] damaged = Files.readAllBytes(file);
        int content = new String(damaged, StandardCharsets.ISO_8859_1).indexOf(CONTENT);
        damaged[content] ^= 1;
        Files.write(file, damaged);

        // When
        assertThatThrownBy(this::open).isInstanceOf(SpoolException.class);

        // Then
        assertThat(Files.readAllBytes(file)).isEqualTo(damaged);
    }

    @Test
    void opensAfterAKillThatCutTheLastWrite() throws Exception {
        // Given: half a chunk behind the last whole one
        byte[] bytes = Files.readAllBytes(file);
        byte[] torn = java.util.Arrays.copyOf(bytes, bytes.length + 5000);
        System.arraycopy(bytes, bytes.length - 4096, torn, bytes.length, 3000);
        Files.write(file, torn);

        // When
        try (SpoolFixture fixture = new SpoolFixture(directory)) {
            // Then
            assertThat(contents(fixture.take(1))).containsExactly(CONTENT);
        }
    }

    private void open() {
        new SpoolFixture(directory).close();
    }
}

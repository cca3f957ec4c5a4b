package io.vitallyrelay.spool.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vitallyrelay.spool.Content;
import io.vitallyrelay.spool.DeadLetterCode;
import io.vitallyrelay.spool.DeadRecord;
import io.vitallyrelay.spool.RecordIntake;
import io.vitallyrelay.spool.ResumePoint;
import io.vitallyrelay.spool.SpoolException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.type.ByteArrayDataType;
import org.h2.mvstore.type.LongDataType;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever happened to the store, an operator reads the same words, and what to do. */
class DamageInWordsTest {
    private static final int HEADER = 4096;

    @TempDir
    Path directory;

    /** What may have happened to the file. */
    enum Damage {
        A_NEWER_LIBRARY {
            @Override
            byte[] to(byte[] file) {
                for (int block = 0; block < 2; block++) {
                    String header = new String(file, block * HEADER, HEADER, StandardCharsets.ISO_8859_1);
                    int check = header.indexOf(",fletcher:");
                    byte[] changed = header.substring(0, check)
                            .replaceAll("format:\\d", "format:4")
                            .getBytes(StandardCharsets.ISO_8859_1);
                    System.arraycopy(changed, 0, file, block * HEADER, changed.length);
                    byte[] sum = Integer.toHexString(org.h2.mvstore.DataUtils.getFletcher32(changed, 0, changed.length))
                            .getBytes(StandardCharsets.ISO_8859_1);
                    // the sum before may have had more digits
                    int from = block * HEADER + check + ",fletcher:".length();
                    Arrays.fill(file, from, (block + 1) * HEADER, (byte) ' ');
                    System.arraycopy(sum, 0, file, from, sum.length);
                }
                return file;
            }
        },
        GARBAGE {
            @Override
            byte[] to(byte[] file) {
                byte[] garbage = new byte[1 << 20];
                new Random(2).nextBytes(garbage);
                return garbage;
            }
        },
        SHORT_GARBAGE {
            @Override
            byte[] to(byte[] file) {
                return "not a store".getBytes(StandardCharsets.US_ASCII);
            }
        },
        ZEROS {
            @Override
            byte[] to(byte[] file) {
                return new byte[file.length];
            }
        },
        CUT_IN_THE_HEADER {
            @Override
            byte[] to(byte[] file) {
                return Arrays.copyOf(file, 1000);
            }
        },
        CUT_BEHIND_THE_HEADERS {
            @Override
            byte[] to(byte[] file) {
                return Arrays.copyOf(file, 2 * HEADER);
            }
        },
        EMPTY {
            @Override
            byte[] to(byte[] file) {
                return new byte[0];
            }
        };

        abstract byte[] to(byte[] file);
    }

    @BeforeEach
    void aStoreWithMessages() throws Exception {
        try (SpoolFixture fixture = new SpoolFixture(directory)) {
            fixture.append("file", "a", "b", "c");
        }
    }

    @ParameterizedTest
    @EnumSource
    void saysThatTheStoreIsDamagedAndWhatToDo(Damage damage) throws IOException {
        // Given
        byte[] damaged = damage.to(Files.readAllBytes(store()));
        Files.write(store(), damaged);

        // When
        assertThatThrownBy(this::open)
                // Then
                .isInstanceOf(SpoolException.class)
                .hasMessageContainingAll(
                        "the spool " + store() + " is damaged: ",
                        "Nothing was changed. Restore the folder " + directory + " from a copy",
                        "move the folder away");
        assertThat(Files.readAllBytes(store())).isEqualTo(damaged);
    }

    @ParameterizedTest
    @EnumSource
    void saysTheSameWhereSyncedIsMissingToo(Damage damage) throws IOException {
        // Given
        Files.write(store(), damage.to(Files.readAllBytes(store())));
        Files.delete(directory.resolve("synced"));

        // When
        assertThatThrownBy(this::open)
                // Then
                .isInstanceOf(SpoolException.class)
                .hasMessageContainingAll("is damaged: ", "Restore the folder");
    }

    @Test
    void doesNotStartAnewWhereOnlyLogsAreLeft() throws IOException {
        // Given
        for (String name : new String[] {"spool.mv", "synced", "format"}) {
            Files.deleteIfExists(directory.resolve(name));
        }

        // When
        assertThatThrownBy(this::open)
                // Then
                .isInstanceOf(SpoolException.class)
                .hasMessageContainingAll("missing or empty, but there was one", "Restore the folder");
    }

    @Test
    void startsAnewWhereTheFolderIsEmpty() throws Exception {
        // Given
        Path anew = directory.resolve("anew");

        // When
        try (SpoolFixture fixture = new SpoolFixture(anew)) {
            // Then
            assertThat(fixture.units()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "two", "-1", "1", "2.0", "99999999999"})
    void saysThatTheFileOfTheFormatIsDamaged(String text) throws IOException {
        // Given
        Files.writeString(directory.resolve("format"), text);

        // When
        assertThatThrownBy(this::open)
                // Then
                .isInstanceOf(SpoolException.class)
                .hasMessageContainingAll(
                        "is damaged: ", directory.resolve("format").toString(), "Restore the folder");
    }

    @Test
    void refusesAStoreOfANewerFormatBeforeItLooksAtIt() throws IOException {
        // Given
        Files.writeString(directory.resolve("format"), (StoreFormat.NEWEST + 1) + "\n");
        byte[] newer = "not a store for this build".getBytes(StandardCharsets.US_ASCII);
        Files.write(store(), newer);

        // When
        assertThatThrownBy(this::open)
                // Then
                .isInstanceOf(SpoolException.class)
                .hasMessageContainingAll(
                        "was made by a newer Vitally Relay: it has format " + (StoreFormat.NEWEST + 1),
                        "this one reads up to " + StoreFormat.NEWEST,
                        "newer one again")
                .hasMessageNotContaining("damaged");
        assertThat(Files.readAllBytes(store())).isEqualTo(newer);
    }

    @Test
    void refusesToStartWithoutTheLettersThatThereWere() throws Exception {
        // Given
        bury();
        Files.delete(directory.resolve("letters.mv"));

        // When
        assertThatThrownBy(this::open)
                // Then
                .isInstanceOf(SpoolException.class)
                .hasMessageContainingAll(
                        "letters.mv is damaged: its newest part is gone", "Nothing was changed", "from a copy");
    }

    @Test
    void refusesToStartWithLettersThatCannotBeRead() throws Exception {
        // Given
        bury();
        byte[] garbage = new byte[100_000];
        Arrays.fill(garbage, (byte) 'x');
        Files.write(directory.resolve("letters.mv"), garbage);

        // When
        assertThatThrownBy(this::open)
                // Then
                .isInstanceOf(SpoolException.class)
                .hasMessageContainingAll("letters.mv is damaged", "Nothing was changed", "from a copy");
        assertThat(Files.readAllBytes(directory.resolve("letters.mv"))).isEqualTo(garbage);
    }

    @Test
    void removesNoLetterByAMarkThatIsWrong() throws Exception {
        // Given
        bury();
        byte[] right = setLastLetter(Sealed.seal(2, new byte[Long.BYTES]));

        // When
        assertThatThrownBy(this::open)
                // Then
                .isInstanceOf(SpoolException.class)
                .hasMessageContainingAll(
                        "is damaged", "deadLetters=0", "deadLetters=1", "Nothing was changed", "from a copy");
        setLastLetter(right);
        try (SpoolFixture fixture = new SpoolFixture(directory)) {
            assertThat(fixture.letters()).hasSize(1);
        }
    }

    /** @return what was there */
    private byte[] setLastLetter(byte[] sealed) {
        try (MVStore store = new MVStore.Builder().fileName(store().toString()).open()) {
            return store.openMap(
                            "totals",
                            new MVMap.Builder<Long, byte[]>()
                                    .keyType(LongDataType.INSTANCE)
                                    .valueType(ByteArrayDataType.INSTANCE))
                    .put(2L, sealed);
        }
    }

    @Test
    void refusesLettersThatAreOlderThanTheStoreWhereTheyAreAsMany() throws Exception {
        // Given
        bury();
        byte[] older = Files.readAllBytes(directory.resolve("letters.mv"));
        try (SpoolFixture fixture = new SpoolFixture(directory)) {
            fixture.spool.deadLetters().discard(List.of(1L));
        }
        bury();
        Files.write(directory.resolve("letters.mv"), older);

        // When
        assertThatThrownBy(this::open)
                // Then
                .isInstanceOf(SpoolException.class)
                .hasMessageContainingAll("letters.mv is damaged: its newest part is gone", "from a copy");
    }

    private void bury() throws InterruptedException {
        try (SpoolFixture fixture = new SpoolFixture(directory)) {
            RecordIntake intake = fixture.intake("accounts", "bad");
            intake.dead(new DeadRecord("1", DeadLetterCode.MAPPING, "no", Content.raw(new byte[10], false)));
            intake.recordDone(ResumePoint.NONE);
            intake.flush();
        }
        // a start without anything to follow
        new SpoolFixture(directory).close();
    }

    @Test
    void takesOverAStoreOfTheFormatBefore() throws Exception {
        // Given: it had no file that says so
        Files.delete(directory.resolve("format"));

        // When
        try (SpoolFixture fixture = new SpoolFixture(directory)) {
            // Then
            assertThat(SpoolFixture.contents(fixture.take(3))).containsExactly("a", "b", "c");
        }
        assertThat(directory.resolve("format")).hasContent(StoreFormat.NEWEST + "\n");
    }

    private Path store() {
        return directory.resolve("spool.mv");
    }

    private void open() {
        new SpoolFixture(directory).close();
    }
}

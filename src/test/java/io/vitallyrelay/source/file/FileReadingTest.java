package io.vitallyrelay.source.file;

import static io.vitallyrelay.source.file.Taken.file;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.vitallyrelay.TemporarySpool;
import io.vitallyrelay.message.ContractException;
import io.vitallyrelay.message.Origin;
import io.vitallyrelay.source.RecordGroup;
import io.vitallyrelay.source.RecordInHand;
import io.vitallyrelay.spool.Content;
import io.vitallyrelay.spool.DeadLetter;
import io.vitallyrelay.spool.UnitCounts;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FileReadingTest {
    @TempDir
    Path folder;

    private TemporarySpool spool;

    @BeforeEach
    void open() {
        spool = new TemporarySpool(folder.resolve("spool"));
    }

    @AfterEach
    void close() {
        spool.close();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "CSV        | n\\n0\\n1\\n2\\n              | line 2, line 3, line 4",
                "JSON_LINES | {\"n\":0}\\n\\n{\"n\":1}\\n{\"n\":2} | line 1, line 3, line 4",
                "JSON_ARRAY | [{\"n\":0},\\n{\"n\":1},{\"n\":2}]   | element 1, element 2, element 3"
            })
    void takesAllRowsWithTheirPositions(FileFormat format, String content, String positions) throws Exception {
        // Given
        Path file = file(folder, "file", content.replace("\\n", "\n"));

        // When
        FileRun run = read(file, format, 1);

        // Then
        assertThat(run.complete()).isTrue();
        assertThat(run.positions()).containsExactly(positions.split(", "));
        assertThat(numbers()).containsExactly(0, 1, 2);
    }

    @ParameterizedTest(name = "{0} at once")
    @ValueSource(ints = {1, 2, 10, 100})
    void takesAllRowsHoweverManyAtOnce(int atOnce) throws Exception {
        // Given
        Path file = file(folder, "file", lines(0, 25));

        // When
        FileRun run = read(file, FileFormat.JSON_LINES, atOnce);

        // Then
        assertThat(numbers()).isEqualTo(range(0, 25));
        assertThat(run.positions()).startsWith("line 1", "line 2").endsWith("line 25");
    }

    @ParameterizedTest(name = "{1} at once, broken off before row {0}")
    @CsvSource({"0,1", "1,1", "2,1", "11,1", "24,1", "25,1", "0,10", "1,10", "2,10", "11,10", "24,10", "25,10"})
    void goesOnBehindTheLastRowThatWasTaken(int row, int atOnce) throws Exception {
        // Given
        Path file = file(folder, "file", lines(0, 25));
        breakOff(file, atOnce, row);

        // When
        restart();
        read(file, FileFormat.JSON_LINES, atOnce);

        // Then
        assertThat(numbers()).isEqualTo(range(0, 25));
        assertThat(spool.units())
                .singleElement()
                .satisfies(unit -> assertThat(unit.read()).isEqualTo(25));
    }

    @ParameterizedTest(name = "{1} at once, broken off before row {0}")
    @CsvSource({"0,10", "11,1", "11,10", "24,10"})
    void givesARowTheSameMessageIdWhereverTheReadingWasBrokenOff(int row, int atOnce) throws Exception {
        // Given
        Path file = file(folder, "file", lines(0, 25));
        List<String> unbroken = read(file, FileFormat.JSON_LINES, 1).messageIds();
        spool.close();
        spool = new TemporarySpool(folder.resolve("another spool"));

        // When
        List<String> before = breakOff(file, atOnce, row);
        restart();
        List<String> behind = read(file, FileFormat.JSON_LINES, atOnce).messageIds();

        // Then
        assertThat(before).isEqualTo(unbroken.subList(0, row));
        assertThat(behind).isEqualTo(unbroken.subList(row, 25));
    }

    @Test
    void takesNothingTwiceFromAFileThatWasReadButNotMoved() throws Exception {
        // Given
        Path file = file(folder, "file", lines(0, 3));
        read(file, FileFormat.JSON_LINES, 1);

        // When
        restart();
        FileRun again = read(file, FileFormat.JSON_LINES, 1);

        // Then
        assertThat(again.complete()).isTrue();
        assertThat(numbers()).containsExactly(0, 1, 2);
    }

    @Test
    void takesAnotherFileOfTheSameNameFromItsFirstRow() throws Exception {
        // Given
        Path file = file(folder, "file", lines(0, 3));
        read(file, FileFormat.JSON_LINES, 1);

        // When
        file(folder, "file", lines(7, 3));
        FileRun run = read(file, FileFormat.JSON_LINES, 1);

        // Then
        assertThat(numbers()).containsExactly(0, 1, 2, 7, 8, 9);
        assertThat(run.positions()).containsExactly("line 1", "line 2", "line 3");
        assertThat(spool.units()).hasSize(2).allMatch(unit -> unit.read() == 3);
    }

    @Test
    void takesAFileOfTheSameNameAndBeginningAgainAfterTheFirstWasMoved() throws Exception {
        // Given
        Path file = file(folder, "file", lines(0, 2));
        FileRun first = read(file, FileFormat.JSON_LINES, 1);
        first.reading().forget();

        // When
        file(folder, "file", lines(0, 3));
        read(file, FileFormat.JSON_LINES, 1);

        // Then
        assertThat(numbers()).containsExactly(0, 1, 0, 1, 2);
        assertThat(spool.units()).hasSize(2);
    }

    @Test
    void finishesAUnitWhoseFileWasMovedRightBeforeACrash() throws Exception {
        // Given
        Path moved = file(folder, "moved", lines(0, 2));
        read(moved, FileFormat.JSON_LINES, 1);
        Files.delete(moved);

        // When
        FileRun other = read(file(folder, "file", lines(0, 1)), FileFormat.JSON_LINES, 1);

        // Then
        assertThat(spool.spool().unfinished("numbers"))
                .extracting(UnitCounts::unit)
                .containsExactly(other.unit());
    }

    @Test
    void takesAFileFromItsFirstRowThoughOneIsUnfinishedWhoseNameGoesOnBehindAHash() throws Exception {
        // Given
        read(file(folder, "file#2", lines(0, 3)), FileFormat.JSON_LINES, 1);

        // When
        FileRun run = read(file(folder, "file", lines(0, 4)), FileFormat.JSON_LINES, 1);

        // Then
        assertThat(numbers()).containsExactly(0, 1, 2, 0, 1, 2, 3);
        assertThat(run.unit()).matches("file#[0-9a-f]{12}");
    }

    @Test
    void givesTheRowsOfTwoFilesDifferentMessageIds() throws Exception {
        // Given
        Path file = file(folder, "file", lines(0, 2));
        Path copy = Files.copy(file, folder.resolve("copy"));

        // When
        List<String> ids = read(file, FileFormat.JSON_LINES, 1).messageIds();
        List<String> idsOfCopy = read(copy, FileFormat.JSON_LINES, 1).messageIds();

        // Then
        assertThat(ids).doesNotContainAnyElementsOf(idsOfCopy);
        assertThat(spool.units()).hasSize(2);
    }

    @ParameterizedTest(name = "{0} at once")
    @ValueSource(ints = {1, 10})
    void givesEqualRowsOfAFileDifferentMessageIds(int atOnce) throws Exception {
        // Given
        Path file = file(folder, "file", lines(5, 1).repeat(3));

        // When
        FileRun run = read(file, FileFormat.JSON_LINES, atOnce);

        // Then
        assertThat(run.messageIds()).hasSize(3).doesNotHaveDuplicates();
    }

    @Test
    void goesOnWhereAFileHasGrown() throws Exception {
        // Given
        Path file = file(folder, "file", lines(0, 5));
        breakOff(file, 1, 3);

        // When
        file(folder, "file", lines(0, 8));
        restart();
        read(file, FileFormat.JSON_LINES, 1);

        // Then
        assertThat(numbers()).isEqualTo(range(0, 8));
        assertThat(spool.units()).hasSize(1);
    }

    @ParameterizedTest(name = "{0} at once")
    @ValueSource(ints = {1, 10})
    void readsWhatIsAppendedAfterTheLastRow(int atOnce) throws Exception {
        // Given
        Path file = file(folder, "file", lines(0, 5));
        try (FileReading reading = open(file, atOnce)) {
            FileRun.rows(reading, 5);
            file(folder, "file", lines(0, 8));

            // When
            FileReading.End end = reading.complete();

            // Then
            assertThat(end).isEqualTo(FileReading.End.CHANGED);
            read(file, FileFormat.JSON_LINES, atOnce);
            assertThat(numbers()).isEqualTo(range(0, 8));
            assertThat(spool.units()).hasSize(1);
        }
    }

    @Test
    void readsAFileThatReplacesOneAfterItsLastRow() throws Exception {
        // Given
        Path file = file(folder, "file", lines(0, 3));
        FileTime time = Files.getLastModifiedTime(file);
        try (FileReading reading = open(file, 1)) {
            FileRun.rows(reading, 3);
            Path other = file(folder, "other", lines(5, 3));
            Files.setLastModifiedTime(other, time);
            Files.move(other, file, StandardCopyOption.REPLACE_EXISTING);

            // When
            FileReading.End end = reading.complete();

            // Then
            assertThat(end).isEqualTo(FileReading.End.CHANGED);
            read(file, FileFormat.JSON_LINES, 1);
            assertThat(numbers()).containsExactly(0, 1, 2, 5, 6, 7);
        }
    }

    @Test
    void buriesNothingOfAFileThatIsStillWritten() throws Exception {
        // Given
        byte[] whole = gzip(lines(0, 20_000));
        Path file = file(folder, "file.gz", Arrays.copyOf(whole, whole.length / 2));
        try (FileReading reading = open(file, 10)) {
            while (reading.hasNext()) {
                if (reading.next() instanceof RecordGroup rows) {
                    rows.takeRest(FileRun::admit);
                }
            }
            file(folder, "file.gz", whole);

            // When
            reading.complete();

            // Then
            assertThat(read(file, FileFormat.JSON_LINES, 10).complete()).isTrue();
            assertThat(numbers()).isEqualTo(range(0, 20_000));
            assertThat(spool.deadLetters()).isEmpty();
        }
    }

    @ParameterizedTest(name = "{0} at once")
    @ValueSource(ints = {1, 10})
    void putsRowsThatCannotBeReadAmongTheDeadLetters(int atOnce) throws Exception {
        // Given
        Path file = file(folder, "file", "{\"n\":0}\n{broken\n{\"n\":1}\n{\"n\":2}\n\"no end\n");

        // When
        FileRun run = read(file, FileFormat.JSON_LINES, atOnce);

        // Then
        assertThat(run.complete()).isTrue();
        assertThat(numbers()).containsExactly(0, 1, 2);
        assertThat(spool.deadLetters())
                .extracting(letter -> letter.origin().position())
                .containsExactly("line 2", "line 5");
        assertThat(spool.deadLetters()).allSatisfy(letter -> {
            assertThat(letter.refusal().reason()).isNotBlank();
            assertThat(letter.content().form()).isNotEqualTo(Content.Form.MESSAGE);
        });
        assertThat(spool.deadLetters()).extracting(FileReadingTest::content).containsExactly("{broken", "\"no end");
    }

    @ParameterizedTest(name = "{0} at once")
    @ValueSource(ints = {1, 10})
    void takesNoBadRowTwice(int atOnce) throws Exception {
        // Given
        Path file = file(folder, "file", "{broken\n" + lines(0, 25) + "{broken\n");
        breakOff(file, atOnce, 13);

        // When
        restart();
        read(file, FileFormat.JSON_LINES, atOnce);

        // Then
        assertThat(spool.deadLetters())
                .extracting(letter -> letter.origin().position())
                .containsExactly("line 1", "line 27");
    }

    @ParameterizedTest(name = "{0} at once")
    @ValueSource(ints = {1, 10})
    void namesTheRestThatCannotBeRead(int atOnce) throws Exception {
        // Given
        Path file = file(folder, "file.gz", truncatedGzip(20_000));

        // When
        FileRun run = read(file, FileFormat.JSON_LINES, atOnce);

        // Then
        List<Integer> numbers = numbers();
        assertThat(run.complete()).isFalse();
        assertThat(numbers).isNotEmpty().isEqualTo(range(0, numbers.size()));
        assertThat(spool.deadLetters()).singleElement().satisfies(letter -> {
            assertThat(letter.origin().position()).isEqualTo("line " + (numbers.size() + 1));
            assertThat(letter.refusal().reason()).contains("cannot be read from line " + (numbers.size() + 1));
            assertThat(content(letter)).isEqualTo("the rest of file.gz");
        });
    }

    @Test
    void takesNoRowTwiceFromAnUnreadableFileThatWasNotMoved() throws Exception {
        // Given
        Path file = file(folder, "file.gz", truncatedGzip(20_000));
        read(file, FileFormat.JSON_LINES, 1);

        // When
        restart();
        FileRun again = read(file, FileFormat.JSON_LINES, 1);

        // Then
        assertThat(again.complete()).isFalse();
        assertThat(again.messageIds()).isEmpty();
        assertThat(spool.deadLetters()).hasSize(1);
    }

    @ParameterizedTest(name = "{0} at once")
    @ValueSource(ints = {1, 10})
    void namesTheRestOnceWhereTheServiceStopsInFrontOfIt(int atOnce) throws Exception {
        // Given
        Path file = file(folder, "file", "[{\"n\":0}");
        AtomicBoolean stopping = new AtomicBoolean();
        try (FileReading reading = FileReading.open(
                file,
                "numbers",
                FileSettings.of(FileFormat.JSON_ARRAY),
                atOnce,
                stopping::get,
                System::nanoTime,
                spool.spool())) {
            FileRun.rows(reading, 1);
            stopping.set(true);
            reading.next();
            reading.complete();
        }

        // When
        restart();
        FileRun again = read(file, FileFormat.JSON_ARRAY, atOnce);

        // Then
        assertThat(again.complete()).isFalse();
        assertThat(spool.deadLetters()).hasSize(1);
    }

    @Test
    void readsTheRestOfAFileThatWasMendedBeforeItWasMoved() throws Exception {
        // Given
        byte[] whole = gzip(lines(0, 20_000));
        Path file = file(folder, "file.gz", Arrays.copyOf(whole, whole.length / 2));
        read(file, FileFormat.JSON_LINES, 1);

        // When
        file(folder, "file.gz", whole);
        restart();
        FileRun again = read(file, FileFormat.JSON_LINES, 1);

        // Then
        assertThat(again.complete()).isTrue();
        assertThat(numbers()).isEqualTo(range(0, 20_000));
    }

    @Test
    void takesAnotherFileOfTheSameNameAfterOneWithoutABeginning() throws Exception {
        // Given
        Path file = file(folder, "file.gz", "no gzip");
        read(file, FileFormat.JSON_LINES, 1);

        // When
        file(folder, "file.gz", gzip(lines(0, 2)));
        restart();
        FileRun run = read(file, FileFormat.JSON_LINES, 1);

        // Then
        assertThat(run.complete()).isTrue();
        assertThat(numbers()).containsExactly(0, 1);
    }

    @ParameterizedTest(name = "{0} at once")
    @ValueSource(ints = {1, 10})
    void takesNothingOfAFileWithoutABeginning(int atOnce) throws Exception {
        // Given
        Path file = file(folder, "file.gz", "no gzip");

        // When
        FileRun run = read(file, FileFormat.JSON_LINES, atOnce);

        // Then
        assertThat(run.complete()).isFalse();
        assertThat(spool.deadLetters()).hasSize(1);
    }

    @Test
    void completesAnEmptyFile() throws Exception {
        // Given
        Path file = file(folder, "file", "");

        // When
        FileRun run = read(file, FileFormat.JSON_LINES, 10);

        // Then
        assertThat(run.complete()).isTrue();
        assertThat(numbers()).isEmpty();
    }

    @Test
    void breaksOffAtARowThatFailedAndIsNoDeadLetter() throws Exception {
        // Given
        Path file = file(folder, "file", lines(0, 3));
        try (FileReading reading = open(file, 1)) {
            reading.next();
            FileRun.admit(reading);
            reading.next();

            // When
            reading.failed(new IllegalStateException("broken on purpose"));

            // Then
            assertThatThrownBy(reading::next)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("line 2")
                    .hasRootCauseMessage("broken on purpose");
        }
    }

    @Test
    void readsARowThatFailedAgainLater() throws Exception {
        // Given
        Path file = file(folder, "file", lines(0, 3));
        try (FileReading reading = open(file, 1)) {
            reading.next();
            FileRun.admit(reading);
            reading.next();
            FileRun.admit(reading);
            reading.failed(new IllegalStateException("broken on purpose"));
            assertThatThrownBy(reading::next).isInstanceOf(IllegalStateException.class);
        }

        // When
        read(file, FileFormat.JSON_LINES, 1);

        // Then
        assertThat(numbers()).containsExactly(0, 1, 2);
    }

    @ParameterizedTest(name = "{0} at once")
    @ValueSource(ints = {1, 10})
    void countsRowsThatBecameNothingAsSkipped(int atOnce) throws Exception {
        // Given
        Path file = file(folder, "file", lines(0, 25));

        // When: the mapping drops all of them
        try (FileReading reading = open(file, atOnce)) {
            while (reading.hasNext()) {
                Object next = reading.next();
                if (next instanceof RecordGroup group) {
                    group.takeRest((row, hand) -> hand.intake().arrive());
                } else if (next != null) {
                    reading.intake().arrive();
                }
            }
            reading.complete();
        }

        // Then
        assertThat(spool.units())
                .singleElement()
                .extracting(UnitCounts::read, UnitCounts::skipped)
                .containsExactly(0L, 25L);
    }

    @Test
    void makesARowADeadLetterThatTheCheckRefusesAmongOthers() throws Exception {
        // Given
        Path file = file(folder, "file", "{\"n\":0}\n{\"x\":1}\n{\"n\":2}\n");

        // When
        read(file, FileFormat.JSON_LINES, 10);

        // Then
        assertThat(numbers()).containsExactly(0, 2);
        assertThat(spool.deadLetters())
                .singleElement()
                .satisfies(letter -> assertThat(letter.origin().position()).isEqualTo("line 2"));
    }

    @Test
    void takesTheRowsBehindOneWhoseCheckBreaks() throws Exception {
        // Given
        Path file = file(folder, "file", lines(0, 5));

        // When
        try (FileReading reading = open(file, 10)) {
            RecordGroup rows = (RecordGroup) reading.next();
            rows.takeRest((row, hand) -> {
                if (row.get("n").intValue() == 2) {
                    throw new IllegalStateException("broken on purpose");
                }
                FileRun.admit(row, hand);
            });
            reading.next();
            reading.complete();
        }

        // Then
        assertThat(numbers()).containsExactly(0, 1, 3, 4);
        assertThat(spool.deadLetters()).singleElement().satisfies(letter -> {
            assertThat(letter.origin().position()).isEqualTo("line 3");
            assertThat(letter.refusal().reason()).isEqualTo("broken on purpose");
        });
    }

    @Test
    void readsOnlyTheRowsThatAreNotTakenAsText() throws Exception {
        // Given
        Path file = file(folder, "file", lines(0, 2) + "{broken\n{\"x\":1}\n" + lines(2, 2));
        List<String> asText = new ArrayList<>();
        List<String> read = new ArrayList<>();

        // When
        try (FileReading reading = open(file, 10)) {
            RecordGroup rows = (RecordGroup) reading.next();
            rows.takeRest(new RecordGroup.Admission() {
                @Override
                public boolean admitText(byte[] json, RecordInHand hand) {
                    String text = new String(json, StandardCharsets.UTF_8);
                    asText.add(text);
                    if (text.endsWith("2}")) {
                        throw new IllegalStateException("broken on purpose");
                    }
                    return text.endsWith("0}");
                }

                @Override
                public void admit(JsonNode row, RecordInHand hand) throws ContractException {
                    read.add(row.toString());
                    FileRun.admit(row, hand);
                }
            });
            reading.next();
            reading.complete();
        }

        // Then
        assertThat(asText).containsExactly("{\"n\":0}", "{\"n\":1}", "{broken", "{\"x\":1}", "{\"n\":2}", "{\"n\":3}");
        assertThat(read).containsExactly("{\"n\":1}", "{\"x\":1}", "{\"n\":3}");
        assertThat(numbers()).containsExactly(1, 3);
        assertThat(spool.deadLetters())
                .extracting(letter -> letter.origin().position() + " "
                        + new String(letter.content().bytes(), StandardCharsets.UTF_8))
                .containsExactly("line 3 {broken", "line 4 {\"x\":1}", "line 5 {\"n\":2}");
    }

    @Test
    void saysWhyWhenTheSpoolClosesAmongRows() throws Exception {
        // Given
        Path file = file(folder, "file", lines(0, 5));
        try (FileReading reading = open(file, 10)) {
            RecordGroup rows = (RecordGroup) reading.next();
            spool.close();

            // When
            assertThatThrownBy(() -> rows.takeRest(FileRun::admit)).hasMessage("the spool is closed");
            reading.failed(new IllegalStateException("the spool is closed"));

            // Then
            assertThatThrownBy(reading::next)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("a group of rows");
        }
    }

    @Test
    void saysWhyWhenAStepFailsOnAGroupOfRows() throws Exception {
        // Given
        Path file = file(folder, "file", lines(0, 5));
        try (FileReading reading = open(file, 10)) {
            reading.next();

            // When
            reading.failed(new IllegalStateException("broken on purpose"));

            // Then
            assertThatThrownBy(reading::origin).hasMessageContaining("atOnce");
            assertThatThrownBy(reading::next)
                    .isInstanceOf(IllegalStateException.class)
                    .hasRootCauseMessage("broken on purpose");
        }
    }

    @Test
    void tellsTheOriginOfARow() throws Exception {
        // Given
        Path file = file(folder, "file", lines(0, 2));
        try (FileReading reading = open(file, 1)) {
            reading.next();

            // When
            reading.next();

            // Then
            Origin origin = reading.origin();
            assertThat(origin.integration()).isEqualTo("numbers");
            assertThat(origin.unit()).matches("file#[0-9a-f]{12}");
            assertThat(origin.position()).isEqualTo("line 2");
        }
    }

    private FileReading open(Path file, int atOnce) throws IOException {
        return FileRun.open(file, FileFormat.JSON_LINES, atOnce, spool.spool());
    }

    private FileRun read(Path file, FileFormat format, int atOnce) throws Exception {
        return FileRun.whole(file, format, atOnce, spool.spool());
    }

    /** The service ends before it takes this row, counted from 0; answers the messageIds up to there. */
    private List<String> breakOff(Path file, int atOnce, int row) throws Exception {
        try (FileReading reading = open(file, atOnce)) {
            return FileRun.rows(reading, row);
        }
    }

    private void restart() {
        spool.close();
        spool = new TemporarySpool(spool.folder());
    }

    /** What is pending, in order. */
    private List<Integer> numbers() throws Exception {
        restart();
        return spool.rest().stream().map(FileRun::number).toList();
    }

    private static String content(DeadLetter letter) {
        return new String(letter.content().bytes(), StandardCharsets.UTF_8);
    }

    private static List<Integer> range(int from, int to) {
        return IntStream.range(from, to).boxed().toList();
    }

    private static String lines(int from, int count) {
        StringBuilder lines = new StringBuilder();
        for (int i = from; i < from + count; i++) {
            lines.append("{\"n\":").append(i).append("}\n");
        }
        return lines.toString();
    }

    private static byte[] truncatedGzip(int rows) throws IOException {
        byte[] whole = gzip(lines(0, rows));
        return Arrays.copyOf(whole, whole.length / 2);
    }

    private static byte[] gzip(String text) throws IOException {
        return UnreadableFileTest.zip(text.getBytes(StandardCharsets.US_ASCII));
    }
}

package io.vitallyrelay.source.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class UnreadableFileTest {
    @TempDir
    Path folder;

    static Stream<Arguments> files() {
        return Stream.of(
                arguments(FileFormat.CSV, "", 1, "no header"),
                arguments(FileFormat.CSV, "\n\r\n", 3, "no header"),
                arguments(FileFormat.CSV, "a,,c\n", 1, "column 2 has no name in the header"),
                arguments(
                        FileFormat.CSV,
                        "a,b,a\n",
                        1,
                        "column 3 has the name of column 1 in the header: \"a\" stands twice"),
                arguments(
                        FileFormat.CSV,
                        "a,\"b\nc",
                        1,
                        "the header is broken: no closing quote for column 2 up to the end of the file"),
                arguments(FileFormat.CSV, "a,\0b\n", 1, "the header is broken: contains a NUL at character 3"),
                arguments(FileFormat.JSON_ARRAY, "", 1, "the file does not begin with ["),
                arguments(FileFormat.JSON_ARRAY, "\n{\"a\":1}", 2, "the file does not begin with ["),
                arguments(FileFormat.JSON_ARRAY, "[", 1, "the array is not closed"),
                arguments(FileFormat.JSON_ARRAY, "[1,\n", 2, "the array is not closed"),
                arguments(
                        FileFormat.JSON_ARRAY,
                        "[\n{\"a\":1},\n{\"b\":\n2",
                        3,
                        "the array is not closed: it ends in this element"),
                arguments(FileFormat.JSON_ARRAY, "[1]\n[2]", 2, "text behind the end of the array"));
    }

    @ParameterizedTest(name = "{0}: {3}")
    @MethodSource("files")
    void saysWhereAndWhy(FileFormat format, String content, int line, String reason) {
        // Given
        Path file = Taken.file(folder, "a", content);
        // When
        UnreadableFileException refused = refusal(file, FileSettings.of(format));
        // Then
        assertThat(refused).hasMessage("line " + line + ": " + reason);
    }

    @Test
    void refusesAFileThatIsNamedGzipAndIsNot() {
        // Given
        Path file = Taken.file(folder, "a.jsonl.gz", "{\"a\":1}\n");
        // When
        UnreadableFileException refused = refusal(file, FileSettings.of(FileFormat.JSON_LINES));
        // Then
        assertThat(refused).hasMessage("line 1: not gzip data");
    }

    @Test
    void refusesGzipWithAWrongChecksum() throws IOException {
        // Given
        byte[] zipped = zip("1\n2\n");
        zipped[zipped.length - 8] ^= 1;
        Path file = Taken.file(folder, "a.jsonl.gz", zipped);
        // When
        UnreadableFileException refused = refusal(file, FileSettings.of(FileFormat.JSON_LINES));
        // Then
        assertThat(refused).hasMessage("line 3: the gzip data is damaged: its checksum is wrong");
    }

    @Test
    void takesAllRowsInFrontOfTheCutOfAGzipFileWhereverItIsCut() throws IOException {
        // Given
        byte[] first = zip("1\n2\n");
        byte[] whole = concatenate(first, zip("3\n4\n"));
        List<String> complete = new ArrayList<>();
        List<List<String>> takenInFront = new ArrayList<>();
        // When
        for (int cut = 0; cut < whole.length; cut++) {
            Path file = Taken.file(folder, "a.jsonl.gz", Arrays.copyOf(whole, cut));
            List<String> taken = new ArrayList<>();
            if (takesAll(file, taken)) {
                complete.add(cut + " " + taken);
            }
            takenInFront.add(taken);
        }
        // Then
        assertThat(complete).containsExactly(first.length + " [1 1, 2 2]");
        assertThat(takenInFront).isSortedAccordingTo((a, b) -> Integer.compare(a.size(), b.size()));
        assertThat(takenInFront.get(whole.length - 1)).containsExactly("1 1", "2 2", "3 3", "4 4");
    }

    @Test
    void keepsRefusingOnceItHas() throws IOException {
        // Given
        byte[] zipped = zip("1\n2\n");
        Path file = Taken.file(folder, "a.jsonl.gz", Arrays.copyOf(zipped, zipped.length - 1));
        try (RecordReader reader = RecordReaders.open(file, FileSettings.of(FileFormat.JSON_LINES), Checkpoint.START)) {
            assertThatThrownBy(() -> Taken.rest(reader)).isInstanceOf(UnreadableFileException.class);
            // When
            UnreadableFileException again = catchThrowableOfType(UnreadableFileException.class, reader::next);
            // Then
            assertThat(again.reason()).isEqualTo("the gzip data ends too early");
            assertThat(reader.checkpoint().records()).isEqualTo(2);
        }
    }

    @Test
    void allowsZeroBytesBehindGzip() throws IOException {
        // Given
        Path file = Taken.file(folder, "a.jsonl.gz", Arrays.copyOf(zip("1\n"), 512));
        // When
        List<String> taken = Taken.from(file, FileSettings.of(FileFormat.JSON_LINES));
        // Then
        assertThat(taken).containsExactly("1 1");
    }

    @Test
    void takesTheTextInFrontOfTheCutOfATranscodedGzipFile() throws IOException {
        // Given
        String lines = String.join(
                "\n", IntStream.range(0, 50_000).mapToObj(i -> "" + i).toList());
        byte[] zipped = zip(lines.getBytes(StandardCharsets.UTF_16));
        Path file = Taken.file(folder, "a.jsonl.gz", Arrays.copyOf(zipped, zipped.length - 1));
        List<String> taken = new ArrayList<>();
        // When
        boolean complete =
                takesAll(file, new FileSettings(FileFormat.JSON_LINES, StandardCharsets.UTF_16, ',', '"', 1000), taken);
        // Then
        assertThat(complete).isFalse();
        assertThat(taken).hasSize(49_999).endsWith("49999 49998");
    }

    @Test
    void takesRowsBehindAStrayQuoteInFrontOfTheCut() throws IOException {
        // Given
        byte[] zipped = zip("a,b\n1,\"x\n2,y\n3,z\n4");
        Path file = Taken.file(folder, "a.csv.gz", Arrays.copyOf(zipped, zipped.length - 1));
        List<String> taken = new ArrayList<>();
        // When
        boolean complete = takesAll(file, FileSettings.of(FileFormat.CSV), taken);
        // Then
        assertThat(complete).isFalse();
        assertThat(taken)
                .containsExactly(
                        "2 ! no end of the record in the part of the file that can be read <1,\"x>",
                        "3 {\"a\":\"2\",\"b\":\"y\"}",
                        "4 {\"a\":\"3\",\"b\":\"z\"}");
    }

    private static UnreadableFileException refusal(Path file, FileSettings settings) {
        return catchThrowableOfType(UnreadableFileException.class, () -> Taken.from(file, settings));
    }

    private static boolean takesAll(Path file, List<String> taken) throws IOException {
        return takesAll(file, FileSettings.of(FileFormat.JSON_LINES), taken);
    }

    private static boolean takesAll(Path file, FileSettings settings, List<String> taken) throws IOException {
        try (RecordReader reader = RecordReaders.open(file, settings, Checkpoint.START)) {
            for (FileRecord next = reader.next(); next != null; next = reader.next()) {
                taken.add(Taken.text(next));
            }
            return true;
        } catch (UnreadableFileException e) {
            return false;
        }
    }

    private static byte[] zip(String text) throws IOException {
        return zip(text.getBytes(StandardCharsets.UTF_8));
    }

    static byte[] zip(byte[] content) throws IOException {
        ByteArrayOutputStream zipped = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(zipped)) {
            out.write(content);
        }
        return zipped.toByteArray();
    }

    static byte[] concatenate(byte[] a, byte[] b) {
        byte[] both = Arrays.copyOf(a, a.length + b.length);
        System.arraycopy(b, 0, both, a.length, b.length);
        return both;
    }
}

package io.vitallyrelay.source.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class ResumeTest {
    /** Good rows, bad rows, blank lines, and records of several lines. */
    private static final Map<FileFormat, String> FILES = new EnumMap<>(
            Map.of(
                    FileFormat.CSV,
                    "sep=,\n\na ,b\n1,caf\u00e9\na,b\n\n\"2\n\",\"\u20ac\n\n\"\n3\n4,\"x\n5,\u00e9\n6,\"\"\"\n7,y,\n8,z\n\n",
                    FileFormat.JSON_LINES,
                    "\n{\"a\":1}\n\n[1, {\"caf\u00e9\":2} ,,[3]]\n{\"b\":\"caf\u00e9\"}\n{\"c\":\nnul\n \n[3,\n\"\u20ac\"\n4",
                    FileFormat.JSON_ARRAY,
                    " [ {\"a\":1},\n[7,[8] ,\n,\"\u20ac\"],[],{\"b\":\"caf\u00e9\n\"}\n,,\n\n[1,\n2]}, 5 ,{\n},tru {}\n ,\"\u20ac\"\n]\n"));

    @TempDir
    Path folder;

    static Stream<Arguments> files() {
        return FILES.keySet().stream()
                .flatMap(format -> Stream.of("\n", "\r\n", "\r")
                        .flatMap(lineEnd -> Stream.of("UTF-8", "windows-1252", "UTF-16", "UTF-16LE", "UTF-8 with mark")
                                .flatMap(charset -> Stream.of("plain", "gz", "gz of members")
                                        .map(packing -> arguments(format, lineEnd, charset, packing)))));
    }

    @ParameterizedTest(name = "{0} {2} {3}")
    @MethodSource("files")
    void yieldsExactlyTheRestBehindEachRecord(FileFormat format, String lineEnd, String charset, String packing)
            throws IOException {
        // Given
        String text =
                (charset.endsWith("mark") ? "\uFEFF" : "") + FILES.get(format).replace("\n", lineEnd);
        Charset encoding = Charset.forName(charset.split(" ")[0]);
        Path file = pack(packing, text.getBytes(encoding));
        FileSettings settings = new FileSettings(format, encoding, ',', '"', 1000);
        List<String> all = Taken.from(file, settings);
        List<List<String>> remaining = new ArrayList<>();
        List<List<String>> resumed = new ArrayList<>();
        // When
        try (RecordReader reader = RecordReaders.open(file, settings, Checkpoint.START)) {
            do {
                Checkpoint checkpoint = Checkpoint.decode(reader.checkpoint().encode());
                remaining.add(all.subList(remaining.size(), all.size()));
                resumed.add(Taken.from(file, settings, checkpoint));
            } while (reader.next() != null);
        }
        // Then
        assertThat(all).hasSizeGreaterThan(5);
        assertThat(resumed).isEqualTo(remaining).hasSize(all.size() + 1);
    }

    private Path pack(String packing, byte[] content) throws IOException {
        if (packing.equals("plain")) {
            return Taken.file(folder, "a", content);
        }
        if (packing.equals("gz")) {
            return Taken.file(folder, "a.gz", UnreadableFileTest.zip(content));
        }
        byte[] first = UnreadableFileTest.zip(Arrays.copyOf(content, 9));
        byte[] second = UnreadableFileTest.zip(Arrays.copyOfRange(content, 9, content.length));
        return Taken.file(folder, "a.gz", UnreadableFileTest.concatenate(first, second));
    }

    @Test
    void resumesTheSameFromACheckpointOfAResumedReader() throws IOException {
        // Given
        Path file = Taken.file(folder, "a.jsonl", "1\n2\n3\n");
        Checkpoint second = behind(file, FileFormat.JSON_LINES, 2);
        // When
        Checkpoint resumed;
        try (RecordReader reader = RecordReaders.open(
                file, FileSettings.of(FileFormat.JSON_LINES), behind(file, FileFormat.JSON_LINES, 1))) {
            reader.next();
            resumed = reader.checkpoint();
        }
        // Then
        assertThat(resumed).isEqualTo(second).isEqualTo(new Checkpoint(4, 2, 2, 0, second.crc()));
    }

    @ParameterizedTest
    @EnumSource
    void yieldsExactlyTheRestWhenRecordsAreLargerThanTheBuffer(FileFormat format) throws IOException {
        // Given
        List<String> texts = IntStream.range(0, 24)
                .mapToObj(i -> "\"" + i + "x,\u00e9".repeat(i * i * i * 5) + "\"")
                .toList();
        String content =
                switch (format) {
                    case CSV -> "a\n" + String.join("\n", texts);
                    case JSON_LINES -> String.join("\n", texts);
                    case JSON_ARRAY -> "[" + String.join("\n,", texts) + "]";
                };
        Path file = Taken.file(folder, "a", content);
        FileSettings settings = FileSettings.of(format);
        List<List<String>> resumed = new ArrayList<>();
        List<String> all = new ArrayList<>();
        // When
        try (RecordReader reader = RecordReaders.open(file, settings, Checkpoint.START)) {
            for (FileRecord next = reader.next(); next != null; next = reader.next()) {
                all.add(Taken.text(next));
                resumed.add(Taken.from(file, settings, reader.checkpoint()));
            }
        }
        // Then
        assertThat(all).hasSize(24).noneMatch(text -> text.contains("!"));
        for (int i = 0; i < 24; i++) {
            assertThat(all.get(i)).contains(texts.get(i));
            assertThat(resumed.get(i)).isEqualTo(all.subList(i + 1, 24));
        }
    }

    @ParameterizedTest
    @EnumSource
    void refusesAReplacedFile(FileFormat format) throws IOException {
        // Given
        Path file = Taken.file(folder, "a", FILES.get(format));
        Checkpoint checkpoint = behind(file, format, 3);
        Taken.file(folder, "a", FILES.get(format).replace('1', '9'));
        // When Then
        assertThatThrownBy(() -> Taken.from(file, FileSettings.of(format), checkpoint))
                .isInstanceOf(ChangedFileException.class)
                .hasMessage("the file does not begin with what was taken from it");
    }

    @ParameterizedTest
    @EnumSource
    void refusesAFileThatWasCutBeforeTheCheckpoint(FileFormat format) throws IOException {
        // Given
        Path file = Taken.file(folder, "a", FILES.get(format));
        Checkpoint checkpoint = behind(file, format, 3);
        Taken.file(folder, "a", FILES.get(format).substring(0, 12));
        // When Then
        assertThatThrownBy(() -> Taken.from(file, FileSettings.of(format), checkpoint))
                .isInstanceOf(ChangedFileException.class)
                .hasMessage("the file is shorter than what was taken from it");
    }

    @ParameterizedTest
    @EnumSource
    void refusesAFileThatWasEmptied(FileFormat format) throws IOException {
        // Given
        Path file = Taken.file(folder, "a", FILES.get(format));
        Checkpoint checkpoint = behind(file, format, 1);
        Taken.file(folder, "a", "");
        // When Then
        assertThatThrownBy(() -> Taken.from(file, FileSettings.of(format), checkpoint))
                .isInstanceOf(ChangedFileException.class);
    }

    @Test
    void refusesAGzipFileThatWasCutBeforeTheCheckpoint() throws IOException {
        // Given
        byte[] zipped = UnreadableFileTest.zip("1\n2\n3\n".getBytes(StandardCharsets.UTF_8));
        Path file = Taken.file(folder, "a.gz", zipped);
        Checkpoint checkpoint = behind(file, FileFormat.JSON_LINES, 3);
        Taken.file(folder, "a.gz", Arrays.copyOf(zipped, 12));
        // When Then
        assertThatThrownBy(() -> Taken.from(file, FileSettings.of(FileFormat.JSON_LINES), checkpoint))
                .isInstanceOf(ChangedFileException.class)
                .hasMessage("what was taken from the file cannot be read any more: the gzip data ends too early");
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            delimiter = '|',
            value = {
                "CSV        | `a\n1`  | `\r\n3\n` | 3 {\"a\":\"3\"}",
                "JSON_LINES | `0\n{}` | `\n3\n`   | 3 3",
                "JSON_LINES | `0\n{}\n` | 3       | 3 3",
            })
    void goesOnInAFileToWhichLinesWereAppended(FileFormat format, String before, String appended, String expected)
            throws IOException {
        // Given
        Path file = Taken.file(folder, "a", before);
        Checkpoint end = behind(file, format, format == FileFormat.CSV ? 1 : 2);
        Taken.file(folder, "a", before + appended);
        // When
        List<String> taken = Taken.from(file, FileSettings.of(format), end);
        // Then
        assertThat(taken).containsExactly(expected);
    }

    @Test
    void keepsTheCheckpointBehindTheLastRecordHoweverMuchSpaceFollows() throws IOException {
        // Given
        Path file = Taken.file(folder, "a", "{\"a\":1}" + "\n".repeat(500_000));
        Checkpoint behindTheOnly = behind(file, FileFormat.JSON_LINES, 1);
        // When
        Checkpoint atTheEnd = behind(file, FileFormat.JSON_LINES, 2);
        // Then
        assertThat(atTheEnd).isEqualTo(behindTheOnly);
    }

    @Test
    void refusesAFileWhoseLastLineWasContinued() throws IOException {
        // Given
        Path file = Taken.file(folder, "a", "a\n1");
        Checkpoint end = behind(file, FileFormat.CSV, 1);
        Taken.file(folder, "a", "a\n12\n");
        // When Then
        assertThatThrownBy(() -> Taken.from(file, FileSettings.of(FileFormat.CSV), end))
                .isInstanceOf(ChangedFileException.class)
                .hasMessage("the last line taken from the file has been continued");
    }

    private static Checkpoint behind(Path file, FileFormat format, int records) throws IOException {
        try (RecordReader reader = RecordReaders.open(file, FileSettings.of(format), Checkpoint.START)) {
            for (int i = 0; i < records; i++) {
                reader.next();
            }
            return reader.checkpoint();
        }
    }
}

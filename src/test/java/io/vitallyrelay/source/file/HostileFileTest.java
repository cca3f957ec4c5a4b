package io.vitallyrelay.source.file;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.vitallyrelay.source.file.FileRecord.Bad;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.lang.management.ManagementFactory;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(60)
class HostileFileTest {
    private static final int MB = 1024 * 1024;

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "CSV        | a  |      | 3",
                "JSON_LINES | 1  | 3    | 3",
                "JSON_ARRAY | [1 | ,3]  | 3",
            })
    void passesOverARecordOf200MegabytesInLittleMemory(FileFormat format, String before, String behind, String last)
            throws IOException {
        // Given
        String end = behind == null ? last : behind;
        Path file = folder.resolve("a");
        try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
            sparse.writeBytes(before + (format == FileFormat.JSON_ARRAY ? ",\n\"" : "\n"));
            sparse.seek(sparse.length() + 200L * MB);
            sparse.writeBytes((format == FileFormat.JSON_ARRAY ? "\"" : "") + "\n" + end);
        }
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long allocatedBefore = threads.getCurrentThreadAllocatedBytes();
        // When
        Bad bad = null;
        FileRecord lastRecord = null;
        try (RecordReader reader = RecordReaders.open(file, FileSettings.of(format), Checkpoint.START)) {
            for (FileRecord next = reader.next(); next != null; next = reader.next()) {
                bad = next instanceof Bad b ? b : bad;
                lastRecord = next;
            }
        }
        long allocated = threads.getCurrentThreadAllocatedBytes() - allocatedBefore;
        // Then
        assertThat(bad.problem().reason()).isEqualTo("longer than 1048576 bytes");
        assertThat(bad.line()).isEqualTo(2);
        assertThat(bad.isCut()).isTrue();
        assertThat(bad.raw()).hasSize(Bad.RAW_LIMIT);
        assertThat(Taken.text(lastRecord)).startsWith("3 ").contains(last);
        assertThat(allocated).isLessThan(16 * MB);
    }

    @ParameterizedTest
    @EnumSource
    void comesToTheEndOfRandomBytes(FileFormat format) throws IOException {
        // Given
        long seed = System.nanoTime();
        byte[] garbage = new byte[MB];
        new Random(seed).nextBytes(garbage);
        garbage[0] = '[';
        garbage[1] = '\n';
        Path file = Taken.file(folder, "a", garbage);
        // When
        long taken = countOrRefusal(file, FileSettings.of(format));
        // Then
        assertThat(taken).as("records of random bytes with seed %d", seed).isLessThan(garbage.length);
    }

    /** Bytes that mean something to a reader, in random order, and few others. */
    @ParameterizedTest
    @EnumSource
    void survivesRandomPunctuation(FileFormat format) throws IOException {
        // Given
        long seed = System.nanoTime();
        Random random = new Random(seed);
        byte[] alphabet = "\"\"\",,,\n\n\r{}[]:\\\\ux1d8e \0\u00e9".getBytes(StandardCharsets.UTF_8);
        for (int round = 0; round < 200; round++) {
            byte[] content = new byte[1 + random.nextInt(2000)];
            for (int i = 0; i < content.length; i++) {
                content[i] = alphabet[random.nextInt(alphabet.length)];
            }
            String head = format == FileFormat.CSV ? "a,b\n" : format == FileFormat.JSON_ARRAY ? "[" : "";
            byte[] start = head.getBytes(StandardCharsets.UTF_8);
            Path file = Taken.file(folder, "a", UnreadableFileTest.concatenate(start, content));
            // When
            long taken = countOrRefusal(
                    file, new FileSettings(format, StandardCharsets.UTF_8, ',', '"', 1 + random.nextInt(200)));
            // Then
            assertThat(taken).as("records in round %d of seed %d", round, seed).isLessThanOrEqualTo(content.length);
        }
    }

    @ParameterizedTest
    @CsvSource({"x,gz", "UTF-16,plain", "Shift_JIS,plain", "GB18030,plain", "windows-1252,plain"})
    void survivesRandomBytesInEachLayerOfTheInput(String charset, String packing) throws IOException {
        // Given
        long seed = System.nanoTime();
        byte[] garbage = new byte[MB];
        new Random(seed).nextBytes(garbage);
        boolean zipped = packing.equals("gz");
        if (zipped) {
            System.arraycopy(UnreadableFileTest.zip(new byte[0]), 0, garbage, 0, 10);
        }
        Path file = Taken.file(folder, zipped ? "a.gz" : "a", garbage);
        FileSettings settings = new FileSettings(
                FileFormat.JSON_LINES, zipped ? StandardCharsets.UTF_8 : Charset.forName(charset), ',', '"', 1000);
        // When
        long taken = countOrRefusal(file, settings);
        // Then
        assertThat(taken).as("records of random bytes with seed %d", seed).isLessThan(garbage.length);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "x,\"y,z;",
                "\";\"\";\"\";",
                "x,\"y;,\"\";",
                "x,\"y\"\"\"\"\";x,\"\"\"\";",
            })
    void looksAtEachByteAFewTimesOnlyWhenEveryLineHasAStrayQuote(String lines) throws IOException {
        // Given
        String content = "a,b\n0,0\n" + lines.replace(';', '\n').repeat(MB / lines.length());
        Path file = Taken.file(folder, "a", content);
        // When
        long started = System.nanoTime();
        long taken = countOrRefusal(file, FileSettings.of(FileFormat.CSV));
        long millis = (System.nanoTime() - started) / 1_000_000;
        // Then
        assertThat(taken).isGreaterThan(50_000);
        assertThat(millis).as("quadratic would be hours").isLessThan(10_000);
    }

    /** Counts the records up to the end, or up to where the rest is refused. */
    private static long countOrRefusal(Path file, FileSettings settings) throws IOException {
        long size = Files.size(file);
        long records = 0;
        long line = 1;
        boolean inOrder = true;
        try (RecordReader reader = RecordReaders.open(file, settings, Checkpoint.START)) {
            for (FileRecord next = reader.next(); next != null && records <= 2 * size; next = reader.next()) {
                records++;
                inOrder &= next.line() >= line;
                line = next.line();
            }
        } catch (UnreadableFileException e) {
            inOrder &= e.line() >= line;
        }
        assertThat(inOrder).as("lines never go back").isTrue();
        return records;
    }
}

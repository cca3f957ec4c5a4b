package io.vitallyrelay.source.file;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class FileContentTest {
    private static final String CSV = "id,name\nA1,Acme\n";
    private static final String LINES = "{\"a\":1}\n{\"a\":2}\n";

    @TempDir
    Path folder;

    static Stream<Arguments> others() throws IOException {
        byte[] gzip = UnreadableFileTest.zip(CSV.getBytes(UTF_8));
        return Stream.of(
                arguments("a.csv", gzip, "gzip data in a file not named .gz"),
                arguments("a.csv.gz", UnreadableFileTest.zip(gzip), "gzip data within gzip data"),
                arguments("a.csv", zipFile("accounts.csv"), "a zip file, perhaps a workbook"),
                arguments("a.csv", zipFile("[Content_Types].xml"), "a workbook (xlsx"),
                arguments("a.csv.gz", UnreadableFileTest.zip(zipFile("a.csv")), "a zip file, perhaps a workbook"),
                arguments("a.csv", bytes("\u00D0\u00CF\u0011\u00E0\u00A1\u00B1\u001A\u00E1"), "an old workbook"),
                arguments("a.csv", bytes("%PDF-1.7\n%\n"), "a PDF"),
                arguments("a.csv", bytes("\u0028\u00B5\u002F\u00FD\0\0"), "zstd data"),
                arguments("a.csv", bytes("\n<!DOCTYPE html>\n<html>"), "a page of HTML"),
                arguments("a.csv", bytes("<?xml version=\"1.0\"?>"), "XML"));
    }

    @ParameterizedTest(name = "{0} of {2}")
    @MethodSource("others")
    void namesWhatAFileIsInsteadOfText(String name, byte[] content, String kind) {
        for (FileFormat format : FileFormat.values()) {
            // Given
            Path file = Taken.file(folder, name, content);

            // When Then
            assertThatThrownBy(() -> Taken.from(file, FileSettings.of(format)))
                    .isInstanceOf(UnreadableFileException.class)
                    .hasMessageStartingWith("line 1: the file is no text but " + kind);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"a.csv.gz", "UPPER.CSV.GZ", "a.Csv.Gz"})
    void unzipsWhateverTheCaseOfTheNameIs(String name) throws Exception {
        // Given
        Path file = Taken.file(folder, name, UnreadableFileTest.zip(CSV.getBytes(UTF_8)));

        // When
        List<String> taken = Taken.from(file, FileSettings.of(FileFormat.CSV));

        // Then
        assertThat(taken).containsExactly("2 {\"id\":\"A1\",\"name\":\"Acme\"}");
    }

    @ParameterizedTest(name = "{0} {1}, a mark: {2}")
    @CsvSource({
        "CSV, UTF-16LE, true",
        "CSV, UTF-16BE, true",
        "CSV, UTF-16LE, false",
        "CSV, UTF-16BE, false",
        "JSON_LINES, UTF-16LE, true",
        "JSON_LINES, UTF-16BE, false",
        "JSON_ARRAY, UTF-16LE, true",
        "JSON_ARRAY, UTF-16LE, false"
    })
    void namesUtf16OnceForTheFile(FileFormat format, String charset, boolean mark) {
        // Given
        String text = format == FileFormat.CSV ? CSV : format == FileFormat.JSON_LINES ? LINES : "[1,2,3]";
        Path file = Taken.file(folder, "a", ((mark ? "\uFEFF" : "") + text).getBytes(Charset.forName(charset)));

        // When Then
        assertThatThrownBy(() -> Taken.from(file, FileSettings.of(format)))
                .isInstanceOf(UnreadableFileException.class)
                .hasMessageStartingWith("line 1: the file is UTF-16")
                .hasMessageEndingWith("and not UTF-8: set charset");
    }

    @ParameterizedTest(name = "charset {0} and a file in {1}, a mark: {2}")
    @CsvSource({
        "windows-1252, UTF-8, true",
        "UTF-16, UTF-8, true",
        "UTF-16, UTF-16LE, false",
        "UTF-16, UTF-16BE, false",
        "UTF-16, UTF-16LE, true",
        "UTF-16BE, UTF-16LE, true",
        "UTF-16LE, UTF-16BE, true",
    })
    void readsWhatItsMarkOrItsZeroBytesSay(String set, String charset, boolean mark) throws Exception {
        // Given
        String text = (mark ? "\uFEFF" : "") + "id,name\nÄ1,Köln\n";
        Path file = Taken.file(folder, "a.csv", text.getBytes(Charset.forName(charset)));

        // When
        List<String> taken = Taken.from(file, new FileSettings(FileFormat.CSV, Charset.forName(set), ',', '"', 1000));

        // Then
        assertThat(taken).containsExactly("2 {\"id\":\"Ä1\",\"name\":\"Köln\"}");
    }

    @ParameterizedTest
    @EnumSource(FileFormat.class)
    void namesACharsetThatIsWiderThanTheFile(FileFormat format) {
        // Given
        Path file = Taken.file(folder, "a", LINES);

        // When Then
        assertThatThrownBy(() -> Taken.from(file, new FileSettings(format, UTF_16LE, ',', '"', 1000)))
                .isInstanceOf(UnreadableFileException.class)
                .hasMessage("line 1: the file is not UTF-16LE, but looks like UTF-8: set charset");
    }

    @ParameterizedTest
    @ValueSource(strings = {"id\nA\0\0\nB\n", "\0", "id\n\0\n\0\nab\n\0cd\nefgh\nij"})
    void takesAStrayNulForNoUtf16(String content) throws Exception {
        // Given
        byte[] text = content.getBytes(UTF_8);

        // When
        Charset charset = FileContent.charset(text, StandardCharsets.UTF_8);

        // Then
        assertThat(charset).isEqualTo(UTF_8);
        assertThat(FileContent.charset("ab\n".getBytes(UTF_16BE), UTF_16BE)).isEqualTo(UTF_16BE);
    }

    private static byte[] zipFile(String entry) throws IOException {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(content)) {
            zip.putNextEntry(new ZipEntry(entry));
            zip.write(CSV.getBytes(UTF_8));
        }
        return content.toByteArray();
    }

    private static byte[] bytes(String content) {
        return content.getBytes(ISO_8859_1);
    }
}

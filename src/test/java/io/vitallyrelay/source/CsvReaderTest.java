package io.vitallyrelay.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class CsvReaderTest {
    private static final FileSettings CSV = FileSettings.of(FileFormat.CSV);

    @TempDir
    Path folder;

    static Stream<Arguments> files() {
        return Stream.of(
                arguments("only a header", "a,b", List.of()),
                arguments("a last row without its line end", "a,b\n1,2", List.of("2 {\"a\":\"1\",\"b\":\"2\"}")),
                arguments("Windows line ends", "a,b\r\n1,\"2\"\r\n", List.of("2 {\"a\":\"1\",\"b\":\"2\"}")),
                arguments("a carriage return at the end", "a,b\n1,2\r", List.of("2 {\"a\":\"1\",\"b\":\"2\"}")),
                arguments("a byte order mark", "\uFEFF\"a\",b\n1,2\n", List.of("2 {\"a\":\"1\",\"b\":\"2\"}")),
                arguments("white space", " a,b\n 1 ,\"\t\"\n", List.of("2 {\" a\":\" 1 \",\"b\":\"\\t\"}")),
                arguments("empty columns", "a,b\n,\"\"\n", List.of("2 {\"a\":\"\",\"b\":\"\"}")),
                arguments("escaped quotes", "a\n\"\"\"x\"\"y\"\"\"\n", List.of("2 {\"a\":\"\\\"x\\\"y\\\"\"}")),
                arguments("a quoted delimiter", "a,b\n\"1,2\",3\n", List.of("2 {\"a\":\"1,2\",\"b\":\"3\"}")),
                arguments(
                        "quoted line ends",
                        "\"a\nx\",b\n1,\"2\r\n3\"\n4,5\n",
                        List.of("3 {\"a\\nx\":\"1\",\"b\":\"2\\r\\n3\"}", "5 {\"a\\nx\":\"4\",\"b\":\"5\"}")),
                arguments(
                        "empty lines",
                        "\n\r\na,b\n\n1,2\n\r\n3,4\n\r",
                        List.of("5 {\"a\":\"1\",\"b\":\"2\"}", "7 {\"a\":\"3\",\"b\":\"4\"}")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("files")
    void takesEachRow(String name, String content, List<String> expected) throws Exception {
        // Given
        Path file = Taken.file(folder, "a.csv", content);
        // When
        List<String> taken = Taken.from(file, CSV);
        // Then
        assertThat(taken).isEqualTo(expected);
    }

    static Stream<Arguments> badRows() {
        return Stream.of(
                arguments("1", "1 column instead of 2"),
                arguments("1,2,3", "3 columns instead of 2"),
                arguments("1,2\"3\"", "a quote inside column 2, which does not begin with one"),
                arguments("\"1\"x,2", "text behind the closing quote of column 1"),
                arguments("\"1\" ,2", "text behind the closing quote of column 1"),
                arguments("1,\"2", "no closing quote for column 2 up to the end of the file"),
                arguments("1,\0", "contains a NUL at character 3"),
                arguments("\"1\",\"\"\"", "no closing quote for column 2 up to the end of the file"));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("badRows")
    void makesABrokenRowABadRowAndGoesOn(String row, String reason) throws Exception {
        // Given
        Path file = Taken.file(folder, "a.csv", "a,b\n0,0\n" + row + "\r\n4,4\n");
        // When
        List<String> taken = Taken.from(file, CSV);
        // Then
        assertThat(taken)
                .containsExactly(
                        "2 {\"a\":\"0\",\"b\":\"0\"}",
                        "3 ! " + reason + " <" + row + ">",
                        "4 {\"a\":\"4\",\"b\":\"4\"}");
    }

    @Test
    void losesOnlyTheLineWithTheStrayQuote() throws Exception {
        // Given
        Path file = Taken.file(folder, "a.csv", "a,b\n1,\"x\n2,y\n3,z\n4,\"q\"\n");
        // When
        List<String> taken = Taken.from(file, CSV);
        // Then
        assertThat(taken)
                .containsExactly(
                        "2 ! text behind the closing quote of column 2 <1,\"x>",
                        "3 {\"a\":\"2\",\"b\":\"y\"}",
                        "4 {\"a\":\"3\",\"b\":\"z\"}",
                        "5 {\"a\":\"4\",\"b\":\"q\"}");
    }

    @Test
    void saysThatAStrayQuoteMayHaveJoinedLines() throws Exception {
        // Given
        Path file = Taken.file(folder, "a.csv", "a,b\n\"1,x\n2\",y,z\n3,w\n");
        // When
        List<String> taken = Taken.from(file, CSV);
        // Then
        assertThat(taken)
                .containsExactly(
                        "2 ! 3 columns instead of 2 in a record of 2 lines, which a stray quote may have joined <\"1,x>",
                        "3 ! a quote inside column 1, which does not begin with one <2\",y,z>",
                        "4 {\"a\":\"3\",\"b\":\"w\"}");
    }

    @Test
    void looksForAClosingQuoteNoFurtherThanTheLimit() throws Exception {
        // Given
        Path file = Taken.file(folder, "a.csv", "a,b\n1,\"x\n" + "2,y\n".repeat(500) + "3,\"z\"\n");
        // When
        List<String> taken = Taken.from(file, limitedTo(1000));
        // Then
        assertThat(taken)
                .hasSize(502)
                .startsWith(
                        "2 ! no closing quote for column 2 within 1000 bytes <1,\"x>", "3 {\"a\":\"2\",\"b\":\"y\"}")
                .endsWith("503 {\"a\":\"3\",\"b\":\"z\"}");
    }

    @Test
    void takesARowAsLongAsTheLimitAndRefusesALongerOne() throws Exception {
        // Given
        Path file = Taken.file(folder, "a.csv", "a,b\n12345,7890\n12345,78901\n\"2345\",\"901\"\n1,2\n");
        // When
        List<String> taken = Taken.from(file, limitedTo(10));
        // Then
        assertThat(taken)
                .containsExactly(
                        "2 {\"a\":\"12345\",\"b\":\"7890\"}",
                        "3 ! longer than 10 bytes <12345,78901>",
                        "4 ! longer than 10 bytes <\"2345\",\"901\">",
                        "5 {\"a\":\"1\",\"b\":\"2\"}");
    }

    @Test
    void refusesAllLinesOfARecordInWhichOnlyACharacterIsWrong() throws Exception {
        // Given
        byte[] content = "a,b\n1,\"caf\u00e9\n2\"\n3,4\n".getBytes(StandardCharsets.ISO_8859_1);
        Path file = Taken.file(folder, "a.csv", content);
        // When
        List<String> taken = Taken.from(file, CSV);
        // Then
        assertThat(taken)
                .containsExactly(
                        "2 ! not valid UTF-8 at character 7 <1,\"caf\uFFFD\n2\">", "4 {\"a\":\"3\",\"b\":\"4\"}");
    }

    @Test
    void takesItsDelimiterAndQuoteFromTheSettings() throws Exception {
        // Given
        Path file = Taken.file(folder, "a.csv", "a;b\n'1;''2''';\"3,\n");
        // When
        List<String> taken =
                Taken.from(file, new FileSettings(FileFormat.CSV, StandardCharsets.UTF_8, ';', '\'', 1000));
        // Then
        assertThat(taken).containsExactly("2 {\"a\":\"1;'2'\",\"b\":\"\\\"3,\"}");
    }

    private static FileSettings limitedTo(int maxRecordBytes) {
        return new FileSettings(FileFormat.CSV, StandardCharsets.UTF_8, ',', '"', maxRecordBytes);
    }
}

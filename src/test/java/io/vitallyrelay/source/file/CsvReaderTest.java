package io.vitallyrelay.source.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

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
                arguments("white space", " a,b\n 1 ,\"\t\"\n", List.of("2 {\"a\":\" 1 \",\"b\":\"\\t\"}")),
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

    @Test
    void takesNoRowThatWasTornByABareLineFeed() throws Exception {
        // Given
        Path file = Taken.file(folder, "a.csv", "id,v\r\nA1,foo\nbar\r\nA2,\"o\nk\"\r\n");
        // When
        List<String> taken = Taken.from(file, CSV);
        // Then
        assertThat(taken)
                .containsExactly(
                        "2 ! ends in \\n alone, where lines end in \\r\\n: a value with a line break in it may be cut here"
                                + " <A1,foo>",
                        "3 ! 1 column instead of 2 <bar>",
                        "4 {\"id\":\"A2\",\"v\":\"o\\nk\"}");
    }

    @Test
    void takesRowsThatEndInALineFeedBehindAHeaderOfWindows() throws Exception {
        // Given
        Path file = Taken.file(folder, "a.csv", "id,v\r\nA1,1\nA2,2\nA3,3\n");
        // When
        List<String> taken = Taken.from(file, CSV);
        // Then
        assertThat(taken).hasSize(3).noneMatch(row -> row.contains("!"));
    }

    static Stream<Arguments> habits() {
        String row = "{\"id\":\"1\",\"v\":\"x\"}";
        return Stream.of(
                arguments("lines that end in a carriage return", "id,v\r1,x\r", ',', "2 " + row),
                arguments("the same without the last", "id,v\r1,x", ',', "2 " + row),
                arguments("the same with quotes", "\"id\",\"v\"\r\"1\",\"x\"\r", ',', "2 " + row),
                arguments("a line that names the delimiter", "sep=;\nid;v\n1;x\n", ';', "3 " + row),
                arguments("the same in quotes", "\"sep=;\"\r\nid;v\r\n1;x\r\n", ';', "3 " + row),
                arguments("the same behind a mark", "\uFEFFSEP=\t\r\nid\tv\r\n1\tx\r\n", '\t', "3 " + row),
                arguments("a delimiter behind the last column", "id,v,\n1,x,\n", ',', "2 " + row),
                arguments("more of them", "id,v,,,\n1,x,,,\n", ',', "2 " + row),
                arguments("blanks around names", " id ,\tv\u00a0\n1,x\n", ',', "2 " + row),
                arguments("two byte order marks", "\uFEFF\uFEFFid,v\n1,x\n", ',', "2 " + row),
                arguments("a quoted name behind two", "\uFEFF\uFEFFid,\"v \"\n1,x\n", ',', "2 " + row),
                arguments("characters that nobody sees", "id\u200b,\u2060v\u00ad\n1,x\n", ',', "2 " + row),
                arguments("a control character between", "id\u0001v\n1\u0001x\n", '\u0001', "2 " + row));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("habits")
    void readsTheHabitsOfSpreadsheets(String name, String content, char delimiter, String expected) throws Exception {
        // Given
        Path file = Taken.file(folder, "a.csv", content);
        // When
        List<String> taken =
                Taken.from(file, new FileSettings(FileFormat.CSV, StandardCharsets.UTF_8, delimiter, '"', 1000));
        // Then
        assertThat(taken).containsExactly(expected);
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"a.tsv", "A.TSV.GZ"})
    void dividesColumnsByTabsWhereTheNameSaysSo(String name) throws Exception {
        // Given
        byte[] content = "a\tb,c\n1\t2,3\n".getBytes(StandardCharsets.UTF_8);
        Path file = Taken.file(folder, name, name.endsWith("GZ") ? UnreadableFileTest.zip(content) : content);
        // When
        List<String> taken = Taken.from(file, CSV);
        // Then
        assertThat(taken).containsExactly("2 {\"a\":\"1\",\"b,c\":\"2,3\"}");
    }

    @Test
    void refusesARowWithAValueUnderNoName() throws Exception {
        // Given
        Path file = Taken.file(folder, "a.csv", "id,v,\n1,x,\n2,y,z\n3,w,\"\"\n");
        // When
        List<String> taken = Taken.from(file, CSV);
        // Then
        assertThat(taken)
                .containsExactly(
                        "2 {\"id\":\"1\",\"v\":\"x\"}",
                        "3 ! a value in column 3, which has no name in the header <2,y,z>",
                        "4 {\"id\":\"3\",\"v\":\"w\"}");
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"id,v", "\"id\",\"v\"", "\uFEFFid,v", "id , v"})
    void takesTheHeaderInTheMiddleForNoRow(String again) throws Exception {
        // Given
        Path file = Taken.file(folder, "a.csv", "id,v\n1,x\n" + again + "\n2,id\nid,3\n");
        // When
        List<String> taken = Taken.from(file, CSV);
        // Then
        assertThat(taken)
                .containsExactly(
                        "2 {\"id\":\"1\",\"v\":\"x\"}",
                        "3 ! the header again <" + again + ">",
                        "4 {\"id\":\"2\",\"v\":\"id\"}",
                        "5 {\"id\":\"id\",\"v\":\"3\"}");
    }

    @Test
    void takesBadRowsAsSuchWhereOneOfTheFirstFits() throws Exception {
        // Given
        Path file = Taken.file(folder, "a.csv", "a,b\n" + "1\n".repeat(900) + "2,3\n");
        // When
        List<String> taken = Taken.from(file, CSV);
        // Then
        assertThat(taken).hasSize(901).endsWith("902 {\"a\":\"2\",\"b\":\"3\"}");
    }

    static Stream<Arguments> headers() {
        return Stream.of(
                arguments("  \nid,v\n1,x\n", "line 1: column 1 has no name in the header"),
                arguments("\u200b,v\n1,x\n", "line 1: column 1 has no name in the header"),
                arguments("id,v, \n1,2, \n", "line 1: column 3 has no name in the header"),
                arguments("id,,v\n1,2,3\n", "line 1: column 2 has no name in the header"),
                arguments(
                        "id,v,v \n1,2,3\n",
                        "line 1: column 3 has the name of column 2 in the header: \"v\" stands twice"),
                arguments(
                        "i\u200bd,v\n",
                        "line 1: column 1 has an invisible character (U+200B) in its name \"i\uFFFDd\""),
                arguments(
                        "sep=;\nid,v\n",
                        "line 1: the first line says that the delimiter is \";\", and not \",\": set delimiter"),
                arguments(
                        "# exported\nid,v\nA1,1\n",
                        "line 2: no row fits the header, which is \"# exported\": 2 columns instead of 1; is the first line a"
                                + " title or a comment, or the delimiter another one?"),
                arguments(
                        "Accounts\n" + "1,2\n".repeat(2000),
                        "line 2: no row fits the header, which is \"Accounts\": 2 columns instead of 1; is the first line a"
                                + " title or a comment, or the delimiter another one?"));
    }

    @ParameterizedTest(name = "{1}")
    @MethodSource("headers")
    void refusesOnceAHeaderThatIsNone(String content, String reason) {
        // Given
        Path file = Taken.file(folder, "a.csv", content);
        // When Then
        assertThatThrownBy(() -> Taken.from(file, CSV))
                .isInstanceOf(UnreadableFileException.class)
                .hasMessage(reason);
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "id,Plan     | line 1: column plan is missing; there is \"Plan\" (the header is: id, Plan)",
                "ID,plan     | line 1: column id is missing; there is \"ID\" (the header is: ID, plan)",
                "id,name     | line 1: column plan is missing (the header is: id, name)",
                "a,b         | line 1: column id is missing, column plan is missing (the header is: a, b)"
            })
    void refusesAHeaderWithoutAColumnThatMustBeThere(String header, String reason) {
        // Given
        Path file = Taken.file(folder, "a.csv", header + "\n1,x\n");
        // When Then
        assertThatThrownBy(() -> Taken.from(file, requiring("id", "plan")))
                .isInstanceOf(UnreadableFileException.class)
                .hasMessage(reason);
    }

    @Test
    void takesColumnsThatMustBeThereInAnyOrder() throws Exception {
        // Given
        Path file = Taken.file(folder, "a.csv", "more,plan ,id\n1,x,2\n");
        // When
        List<String> taken = Taken.from(file, requiring("id", "plan"));
        // Then
        assertThat(taken).containsExactly("2 {\"more\":\"1\",\"plan\":\"x\",\"id\":\"2\"}");
    }

    @ParameterizedTest(name = "{0} characters{1}: cut {2}")
    @CsvSource({
        "65536, '', false",
        "65536, '\r', false",
        "65537, '', true",
        "65537, '\r', true",
        "65536, '\rx', true",
        "70000, '', true"
    })
    void saysWhetherABadRowIsCut(int length, String end, boolean isCut) throws Exception {
        // Given
        String row = "x".repeat(length);
        Path file = Taken.file(folder, "a.csv", "a,b\n1,2\n" + row + end + "\n1,2\n");
        // When
        FileRecord taken;
        try (RecordReader reader = RecordReaders.open(file, CSV, Checkpoint.START)) {
            reader.next();
            taken = reader.next();
        }
        // Then
        FileRecord.Bad bad = (FileRecord.Bad) taken;
        assertThat(bad.isCut()).isEqualTo(isCut);
        assertThat(new String(bad.raw(), StandardCharsets.UTF_8)).isEqualTo(row.substring(0, 65536));
    }

    private static FileSettings requiring(String... columns) {
        return new FileSettings(FileFormat.CSV, StandardCharsets.UTF_8, ',', '"', List.of(columns), 1000);
    }

    private static FileSettings limitedTo(int maxRecordBytes) {
        return new FileSettings(FileFormat.CSV, StandardCharsets.UTF_8, ',', '"', maxRecordBytes);
    }
}

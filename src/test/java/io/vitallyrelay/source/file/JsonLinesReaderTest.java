package io.vitallyrelay.source.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonLinesReaderTest {
    private static final FileSettings JSON_LINES = FileSettings.of(FileFormat.JSON_LINES);

    @TempDir
    Path folder;

    static Stream<Arguments> lines() {
        return Stream.of(
                arguments("nothing", "", List.of()),
                arguments("only blank lines", "\n  \t\n\r\n", List.of()),
                arguments("one line without its end", "{\"a\":1}", List.of("1 {\"a\":1}")),
                arguments("a blank line between", "{\"a\":1}\n\n{\"b\":2}\n", List.of("1 {\"a\":1}", "3 {\"b\":2}")),
                arguments("Windows line ends", "{\"a\":1}\r\n{\"b\":2}\r\n", List.of("1 {\"a\":1}", "2 {\"b\":2}")),
                arguments("a byte order mark", "\uFEFF{\"a\":1}\n", List.of("1 {\"a\":1}")),
                arguments(
                        "values that are no objects",
                        "1\n\"x\"\nnull\n[]\n",
                        List.of("1 1", "2 \"x\"", "3 null", "4 []")),
                arguments(
                        "every digit of a number",
                        "[1.10,123456789012345678901234567890.1,9007199254740993]",
                        List.of("1 1.10", "1 123456789012345678901234567890.1", "1 9007199254740993")),
                arguments("a pair of surrogates", "\"\\ud83d\\ude00\"", List.of("1 \"\uD83D\uDE00\"")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("lines")
    void takesEachLine(String name, String content, List<String> expected) throws Exception {
        // Given
        Path file = Taken.file(folder, "a.jsonl", content);
        // When
        List<String> taken = Taken.from(file, JSON_LINES);
        // Then
        assertThat(taken).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\0\"", "[\0,", "{\0\0\0\"", "[\0\0\0\",e"})
    void goesOnBehindAFirstLineThatTheParserWouldTakeForUtf16(String first) throws Exception {
        // Given
        Path file = Taken.file(folder, "a.jsonl", first + "\n{\"behind\":2}\n");
        // When
        List<String> taken = Taken.from(file, JSON_LINES);
        // Then
        assertThat(taken).last().isEqualTo("2 {\"behind\":2}");
    }

    static Stream<Arguments> badLines() {
        return Stream.of(
                arguments("{\"a\":1", "not JSON: ends in the middle of a value"),
                arguments("{\"a\":1,", "not JSON: ends in the middle of a value"),
                arguments("{\"a\":1,}", "not JSON: unexpected '}' at column 8"),
                arguments("{\"é\":1 \"b\":2}", "not JSON: unexpected '\"' at column 8"),
                arguments("{'a':1}", "not JSON: unexpected ''' at column 2"),
                arguments("]", "not JSON: unexpected ']' at column 1"),
                arguments("{\"a\":[1}", "not JSON: unexpected '}' at column 8"),
                arguments("{\"a\":tru}", "not JSON: 'tru' is no value"),
                arguments("{\"a\":NaN}", "not JSON: 'NaN' is no value"),
                arguments("id,name", "not JSON: 'id' is no value"),
                arguments("x".repeat(50), "not JSON: '" + "x".repeat(40) + "' is no value"),
                arguments("{\"a\":\"x\ty\"}", "not JSON: a control character that is not escaped at column 8"),
                arguments("{\"a\":\"\\q\"}", "not JSON: an unknown escape at column 8"),
                arguments("{\"a\":01}", "not JSON: a number that begins with 0 at column 7"),
                arguments("\u001B[31m", "not JSON: a control character that is not escaped at column 2"),
                arguments("{\"a\":1,\"a\":2}", "a key stands twice in one object"),
                arguments("{\"a\":1} {\"a\":2}", "more than one JSON value"),
                arguments("{\"a\":1}\0", "contains a NUL at column 8"),
                arguments("\0{\0}", "contains a NUL at column 1"),
                arguments("\"\\ud83d\"", "contains the escape of half a surrogate pair, which is no character"),
                arguments("\"\\\\\\ude00\"", "contains the escape of half a surrogate pair, which is no character"),
                arguments("1e99999999999", "contains a number with too large an exponent"),
                arguments("9".repeat(1001), "contains a number of more than 1000 digits"),
                arguments("{\"a\":" + "[".repeat(10_000), "nested too deeply (more than 1000 levels)"),
                arguments("{\"" + "k".repeat(60_000) + "\":1}", "contains a key of more than 50000 characters"));
    }

    @ParameterizedTest(name = "{1}")
    @MethodSource("badLines")
    void makesABrokenLineABadRowAndGoesOn(String line, String reason) throws Exception {
        // Given
        Path file = Taken.file(folder, "a.jsonl", "{\"before\":1}\n" + line + "\r\n{\"behind\":3}\n");
        // When
        List<String> taken = Taken.from(file, JSON_LINES);
        // Then
        assertThat(taken).containsExactly("1 {\"before\":1}", "2 ! " + reason + " <" + line + ">", "3 {\"behind\":3}");
    }

    @Test
    void namesTheCharacterThatIsNotUtf8() throws Exception {
        // Given
        Path file = Taken.file(folder, "a.jsonl", "1\n\"caf\u00e9\"\n3\n".getBytes(StandardCharsets.ISO_8859_1));
        // When
        List<String> taken = Taken.from(file, JSON_LINES);
        // Then
        assertThat(taken).containsExactly("1 1", "2 ! not valid UTF-8 at column 5 <\"caf\uFFFD\">", "3 3");
    }

    @Test
    void namesTheCharacterThatItsCharsetDoesNotHave() throws Exception {
        // Given
        byte[] content = {'1', '\n', '"', (byte) 0xE9, (byte) 0x81, '"', '\n', '"', (byte) 0x80, '"'};
        Path file = Taken.file(folder, "a.jsonl", content);
        // When
        List<String> taken = Taken.from(
                file, new FileSettings(FileFormat.JSON_LINES, Charset.forName("windows-1252"), ',', '"', 1000));
        // Then
        assertThat(taken)
                .containsExactly("1 1", "2 ! not valid windows-1252 at column 3 <\"\u00e9\uFFFD\">", "3 \"\u20ac\"");
    }

    @Test
    void takesALineAsLongAsTheLimitAndRefusesALongerOne() throws Exception {
        // Given
        Path file = Taken.file(folder, "a.jsonl", "1234567890\n12345678901\n1\n");
        // When
        List<String> taken =
                Taken.from(file, new FileSettings(FileFormat.JSON_LINES, StandardCharsets.UTF_8, ',', '"', 10));
        // Then
        assertThat(taken).containsExactly("1 1234567890", "2 ! longer than 10 bytes <12345678901>", "3 1");
    }

    static Stream<Arguments> arraysInLines() {
        return Stream.of(
                arguments("[1,{\"a\":2}]\r", List.of("1 1", "1 {\"a\":2}")),
                arguments(" [ 1 , 2 ] ", List.of("1 1", "1 2")),
                arguments("[1,tru,3]", List.of("1 1", "1 ! not JSON: 'tru' is no value <tru>", "1 3")),
                arguments("[[1,2],[]]", List.of("1 [1,2]", "1 []")),
                arguments("[1,2", List.of("1 1", "1 ! the array is not closed: it ends in this element <2>")),
                arguments(
                        "[\"\\ud83d\"]",
                        List.of(
                                "1 ! contains the escape of half a surrogate pair, which is no character <\"\\ud83d\">")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("arraysInLines")
    void takesEachElementOfAnArrayInALine(String line, List<String> expected) throws Exception {
        // Given
        Path file = Taken.file(folder, "a.jsonl", line + "\n{}");
        // When
        List<String> taken = Taken.from(file, JSON_LINES);
        // Then
        assertThat(taken)
                .containsExactlyElementsOf(
                        Stream.concat(expected.stream(), Stream.of("2 {}")).toList());
    }

    @Test
    void saysWhichElementOfWhichLineItIs() throws Exception {
        // Given
        Path file = Taken.file(folder, "a.jsonl", "0\n[1,2]\n3\n");
        List<String> positions = new ArrayList<>();
        // When
        try (RecordReader reader = RecordReaders.open(file, JSON_LINES, Checkpoint.START)) {
            while (reader.next() != null) {
                positions.add(reader.position());
            }
        }
        // Then
        assertThat(positions).containsExactly("line 1", "line 2, element 1", "line 2, element 2", "line 3");
    }

    @Test
    void readsLinesThatEndInACarriageReturn() throws Exception {
        // Given
        Path file = Taken.file(folder, "a.jsonl", "{\"a\":1}\r{\"a\":2}\r\r3");
        // When
        List<String> taken = Taken.from(file, JSON_LINES);
        // Then
        assertThat(taken).containsExactly("1 {\"a\":1}", "2 {\"a\":2}", "4 3");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\n  \"a\": 1\n}\n",
                "\n\n{\r\n  \"a\": {}\r\n}\r\n{\r\n}",
                "[\n{\"a\":1},\n{\"a\":2}\n]\n",
                "[\n{\"a\":1}\n]\n",
                "{ \"a\": 1,\n  \"b\": [\n1\n] }\n",
                "{\"a\":\n1}\n"
            })
    void refusesAFileOnceThatIsPrintedOverSeveralLines(String content) {
        // Given
        Path file = Taken.file(folder, "a.jsonl", content);
        // When Then
        assertThatThrownBy(() -> Taken.from(file, JSON_LINES))
                .isInstanceOf(UnreadableFileException.class)
                .hasMessageContaining("the value is printed over several lines");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"a\":1", "{\"a\":1,", "{\"a\":\"x", "{\"a\":tru", "x", "[1,"})
    void goesOnBehindAFirstLineThatIsMerelyBroken(String first) throws Exception {
        // Given
        Path file = Taken.file(folder, "a.jsonl", first + "\n{\"b\":2}\n");
        // When
        List<String> taken = Taken.from(file, JSON_LINES);
        // Then
        assertThat(taken).endsWith("2 {\"b\":2}");
        assertThat(taken.get(taken.size() - 2)).contains("!");
    }

    static Stream<Arguments> jsonFiles() {
        return Stream.of(
                arguments("an array", "[{\"a\":1},\n{\"a\":2}]", List.of("1 {\"a\":1}", "2 {\"a\":2}")),
                arguments(
                        "an array on a line",
                        "[{\"a\":1},tru]\n",
                        List.of("1 {\"a\":1}", "1 ! not JSON: 'tru' is no value <tru>")),
                arguments("a printed array", "\uFEFF[\n  {\n \"a\": 1\n  }\n]\n", List.of("2 {\"a\":1}")),
                arguments("an object", "{\"a\":1}", List.of("1 {\"a\":1}")),
                arguments("a printed object", "\n{\n  \"a\": 1\n}\n", List.of("2 {\"a\":1}")),
                arguments("JSON lines", "{\"a\":1}\n{\"a\":2}\n", List.of("1 {\"a\":1}", "2 {\"a\":2}")),
                arguments("lines of arrays", "[1,2]\n[3]\n", List.of("1 1", "1 2", "2 3")),
                arguments("nothing", " \n", List.of()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("jsonFiles")
    void readsAFileNamedJsonAsWhatItHolds(String kind, String content, List<String> expected) throws Exception {
        // Given
        Path file = Taken.file(folder, "vendor.JSON", content);
        // When
        List<String> taken = Taken.from(file, JSON_LINES);
        // Then
        assertThat(taken).isEqualTo(expected);
    }

    @Test
    void refusesASecondValueBehindAPrintedOne() {
        // Given
        Path file = Taken.file(folder, "a.json", "{\n\"a\":1\n}\n{\n\"a\":2\n}");
        // When Then
        assertThatThrownBy(() -> Taken.from(file, JSON_LINES))
                .isInstanceOf(UnreadableFileException.class)
                .hasMessage("line 4: more than one JSON value");
    }
}

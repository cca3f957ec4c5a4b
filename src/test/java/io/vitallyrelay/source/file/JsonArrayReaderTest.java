package io.vitallyrelay.source.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

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

class JsonArrayReaderTest {
    @TempDir
    Path folder;

    static Stream<Arguments> arrays() {
        return Stream.of(
                arguments("no elements", " [ ] \n", List.of()),
                arguments("a byte order mark", "\uFEFF[1]", List.of("1 1")),
                arguments("simple values", "[1,\"a,]\\\"\" , null ]", List.of("1 1", "1 \"a,]\\\"\"", "1 null")),
                arguments(
                        "white space anywhere",
                        "\n[\r\n {\n\"a\" : [1,\n2]}\n,\n\n{\"b\":\"{\"}\n]\n",
                        List.of("3 {\"a\":[1,2]}", "8 {\"b\":\"{\"}")),
                arguments(
                        "a broken element",
                        "[1,{\"a\":tru},3]",
                        List.of("1 1", "1 ! not JSON: 'tru' is no value <{\"a\":tru}>", "1 3")),
                arguments(
                        "a wrong closing bracket",
                        "[{\"a\":[1},{\"b\":2}]",
                        List.of("1 ! not JSON: unexpected '}' at character 8 <{\"a\":[1}>", "1 {\"b\":2}")),
                arguments(
                        "a closing bracket too many",
                        "[{\"a\":1}},{\"b\":2}]",
                        List.of("1 {\"a\":1}", "1 ! no comma before the element <}>", "1 {\"b\":2}")),
                arguments(
                        "a brace that is not closed, in the last element",
                        "[1,{\"a\":1]",
                        List.of("1 1", "1 ! not JSON: ends in the middle of a value <{\"a\":1>")),
                arguments(
                        "a text that is not closed",
                        "[\"a,\n2]",
                        List.of("1 ! not JSON: a control character that is not escaped at character 4 <\"a,\n2>")),
                arguments("no comma", "[{} {}]", List.of("1 {}", "1 ! no comma before the element <{}>")),
                arguments(
                        "commas too many",
                        "[,1,,]",
                        List.of(
                                "1 ! no element beside the comma <>",
                                "1 1",
                                "1 ! no element beside the comma <>",
                                "1 ! no element beside the comma <>")),
                arguments("a NUL behind a value", "[123\0]", List.of("1 ! contains a NUL at character 4 <123\0>")),
                arguments(
                        "control characters behind a value",
                        "[{\"a\":1}\u0001\u0002,{\"a\":2}]",
                        List.of(
                                "1 {\"a\":1}",
                                "1 ! contains a control character (U+0001) at character 1 <\u0001\u0002>",
                                "1 {\"a\":2}")),
                arguments(
                        "a NUL between",
                        "[{\"a\":1}\0\u0001,{\"a\":2}]",
                        List.of("1 {\"a\":1}", "1 ! contains a NUL at character 1 <\0\u0001>", "1 {\"a\":2}")),
                arguments(
                        "arrays of elements",
                        "[0, [1,tru,\n{\"a\":3}] ,[],[4,],5]",
                        List.of(
                                "1 0",
                                "1 1",
                                "1 ! not JSON: 'tru' is no value <tru>",
                                "2 {\"a\":3}",
                                "2 []",
                                "2 4",
                                "2 ! no element beside the comma <>",
                                "2 5")),
                arguments("two values", "[1 2,3]", List.of("1 ! more than one JSON value <1 2>", "1 3")),
                arguments(
                        "a depth bomb",
                        "[{\"a\":" + "[".repeat(2000) + "]".repeat(2000) + "},2]",
                        List.of(
                                "1 ! nested too deeply (more than 1000 levels) <{\"a\":" + "[".repeat(2000)
                                        + "]".repeat(2000) + "}>",
                                "1 2")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("arrays")
    void takesEachElement(String name, String content, List<String> expected) throws Exception {
        // Given
        Path file = Taken.file(folder, "a.json", content);
        // When
        List<String> taken = Taken.from(file, FileSettings.of(FileFormat.JSON_ARRAY));
        // Then
        assertThat(taken).isEqualTo(expected);
    }

    @Test
    void saysWhichElementOfWhichElementItIs() throws Exception {
        // Given
        Path file = Taken.file(folder, "a.json", "[0,[1,2],[],[3],4]");
        List<String> positions = new ArrayList<>();
        // When
        try (RecordReader reader = RecordReaders.open(file, FileSettings.of(FileFormat.JSON_ARRAY), Checkpoint.START)) {
            while (reader.next() != null) {
                positions.add(reader.position());
            }
        }
        // Then
        assertThat(positions)
                .containsExactly(
                        "element 1",
                        "element 2, element 1",
                        "element 2, element 2",
                        "element 3",
                        "element 4, element 1",
                        "element 5");
    }

    @Test
    void refusesAnElementLongerThanTheLimit() throws Exception {
        // Given
        Path file = Taken.file(folder, "a.json", "[{\"a\":1234},\n{\"a\":12345\n},\n{\"a\":1}]");
        // When
        List<String> taken =
                Taken.from(file, new FileSettings(FileFormat.JSON_ARRAY, StandardCharsets.UTF_8, ',', '"', 10));
        // Then
        assertThat(taken).containsExactly("1 {\"a\":1234}", "2 ! longer than 10 bytes <{\"a\":12345\n>", "4 {\"a\":1}");
    }
}

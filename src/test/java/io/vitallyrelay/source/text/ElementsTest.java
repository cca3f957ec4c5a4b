package io.vitallyrelay.source.text;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ElementsTest {
    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "[1]                     | 1 <1>",
                "` [ 1 ,\t\"a,]\" ,{} ]\n` | 1 <1>; 2 <\"a,]\">; 3 <{}>",
                "[[1,2],[]]              | 1 <[1,2]>; 2 <[]>",
                "[{\"a\":[1},2]          | 1 <{\"a\":[1}>; 2 <2>",
                "[1,tru,3]               | 1 <1>; 2 <tru>; 3 <3>",
                "[1,,2,]                 | 1 <1>; 2 <> no element beside the comma; 3 <2>; 4 <> no element beside the comma",
                "[,1]                    | 1 <> no element beside the comma; 2 <1>",
                "[{} {}]                 | 1 <{}>; 2 <{}> no comma before the element",
                "[{}\u2400,2]            | 1 <{}>; 2 <\u2400> contains a NUL at character 1; 3 <2>",
                "[{}\u0001,2]            | 1 <{}>; 2 <\u0001> contains a control character (U+0001) at character 1; 3 <2>",
                "[1\u2400]               | 1 <1\u2400>",
                "[1,2                    | 1 <1>; 2 <2> the array is not closed: it ends in this element",
                "[{},{}                  | 1 <{}>; 2 <{}>; 3 <> the array is not closed",
                "`[{},`                  | 1 <{}>; 2 <,> the array is not closed",
                "[1]]                    | 1 <1>; 2 <]> more than one JSON value: text behind the end of the array",
                "[1] [2]                 | 1 <1>; 2 <[2]> more than one JSON value: text behind the end of the array",
                "[1,] x                  | 1 <1>; 2 <> no element beside the comma; 3 <x> more than one JSON value: text behind the end of the array",
            })
    void cutsEachPieceOutOfTheArray(String array, String expected) {
        // a NUL at the end of a cell would be trimmed away
        assertThat(pieces(array.replace('\u2400', '\0')))
                .isEqualTo(List.of(expected.replace('\u2400', '\0').split("; ")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "[]", "[ ]x", "[", "{}", "1", "\"[1]\""})
    void areNotInAnythingElse(String text) {
        assertThat(Elements.areIn(text.getBytes(UTF_8))).isFalse();
    }

    @Test
    void losesOneOfAHundred() {
        // Given
        String array = IntStream.rangeClosed(1, 100)
                .mapToObj(i -> i == 51 ? "{\"n\":1,\"n\":2}" : "{\"n\":" + i + "}")
                .collect(Collectors.joining(",", "[", "]"));

        // When
        List<String> bad = new ArrayList<>();
        new Elements(array.getBytes(UTF_8)).forEachRemaining(element -> {
            try {
                element.parse();
            } catch (NotJsonException e) {
                bad.add(element.position("line 7") + ": " + e.getMessage());
            }
        });

        // Then
        assertThat(bad).containsExactly("line 7, element 51: a key stands twice in one object");
    }

    @Test
    void endAndLeaveNothingOutWhateverTheTextIs() {
        // Given
        long seed = System.nanoTime();
        Random random = new Random(seed);
        String alphabet = "[]{},:\"\\ \n1a\u0000";
        for (int round = 0; round < 20_000; round++) {
            StringBuilder array = new StringBuilder("[1");
            random.ints(random.nextInt(12), 0, alphabet.length()).forEach(i -> array.append(alphabet.charAt(i)));

            // When
            StringBuilder kept = new StringBuilder();
            Elements elements = new Elements(array.toString().getBytes(UTF_8));
            for (int i = 0; elements.hasNext() && i < 100; i++) {
                kept.append(new String(elements.next().json(), UTF_8));
            }

            // Then: what can be missing are commas, white space and the brackets of the array
            assertThat(elements.hasNext()).as("seed %d: %s", seed, array).isFalse();
            assertThat(letters(kept)).as("seed %d: %s", seed, array).isEqualTo(letters(array));
        }
    }

    private static String letters(CharSequence text) {
        return text.toString().replaceAll("[^1a{}:\"\\\\\u0000]", "");
    }

    private static List<String> pieces(String array) {
        List<String> pieces = new ArrayList<>();
        new Elements(array.getBytes(UTF_8))
                .forEachRemaining(element -> pieces.add(element.number() + " <" + new String(element.json(), UTF_8)
                        + ">" + (element.problem() == null ? "" : " " + element.problem())));
        return pieces;
    }
}

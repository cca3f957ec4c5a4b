package io.vitallyrelay.source.text;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTextTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"a\":0.1234567890123456789,\"b\":12345678901234567890}",
                "1.10",
                "\"\\u00e9 \uD83D\uDE00\"",
                "[]",
                "null",
                " \t\r\n{\"a\":1}\n"
            })
    void keepsAValueAsItIs(String text) throws Exception {
        assertThat(JsonText.parse(text).toString())
                .isEqualTo(text.trim().replace("\\u00e9", "\u00e9"))
                .isEqualTo(JsonText.parse(text.getBytes(UTF_8)).toString());
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{} {}             | more than one JSON value",
                "{} garbage        | more than one JSON value",
                "{\"a\":1}}        | not JSON: unexpected '}' at character 8",
                "{\"a\":1,\"a\":2} | a key stands twice in one object",
                "``                | not JSON: there is no value",
                "` \n`             | not JSON: there is no value",
                "garbage           | not JSON: 'garbage' is no value",
                "{}\u2400          | contains a NUL at character 3",
                "{\u00a0}          | not JSON: unexpected '\u00a0' at character 2",
                "\"\uD83D\"        | contains half a surrogate pair, which is no character",
                "1e99999999999     | contains a number with too large an exponent",
            })
    void saysWhyATextIsNotOneValue(String text, String reason) {
        assertThatThrownBy(() -> JsonText.parse(text.replace('\u2400', '\0')))
                .isInstanceOf(NotJsonException.class)
                .hasMessage(reason);
    }

    @ParameterizedTest
    @ValueSource(ints = {0x0B, 0x0C, 0x1F, 0x7F, 0x2003, 0xFEFF})
    void takesNoOtherCharacterForWhiteSpace(int character) {
        assertThatThrownBy(() -> JsonText.parse("[1," + Character.toString(character) + "2]"))
                .isInstanceOf(NotJsonException.class)
                .hasMessageStartingWith("not JSON: ");
    }
}

package io.vitallyrelay.message;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LogTextTest {
    @ParameterizedTest(name = "{1}")
    @CsvSource({
        "'a\nb', a\\u000Ab",
        "'a\rb', a\\u000Db",
        "'a\u001B[31mb', a\\u001B[31mb",
        "'a\u0085b', a\\u0085b",
        "'a\u2028b', a\\u2028b",
        "'a\u202Eb', a\\u202Eb",
        "'Übersicht 日本.csv', Übersicht 日本.csv"
    })
    void showsWhatCouldMisleadAReader(String text, String shown) {
        // When
        String line = LogText.of(text);

        // Then
        assertThat(line).isEqualTo(shown);
    }
}

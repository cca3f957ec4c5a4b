package io.vitallyrelay.settings;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EditDistanceTest {
    @ParameterizedTest
    @CsvSource({
        "'', '', 0",
        "'', abc, 3",
        "abc, '', 3",
        "abc, abc, 0",
        "token, tokne, 2",
        "lanes, lane, 1",
        "kitten, sitting, 3"
    })
    void countsInsertedDeletedAndReplacedLetters(String from, String to, int expected) {
        // When
        int distance = EditDistance.between(from, to);

        // Then
        assertThat(distance).isEqualTo(expected);
    }
}

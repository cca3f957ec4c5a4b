package io.vitallyrelay.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class VerdictsTest {
    @ParameterizedTest(name = "{0} means {1} for several messages and {2} for one")
    @CsvSource({
        "200, DELIVERED, DELIVERED",
        "201, DELIVERED, DELIVERED",
        "202, DELIVERED, DELIVERED",
        "204, DELIVERED, DELIVERED",
        "301, HOLD, HOLD",
        "302, HOLD, HOLD",
        "307, HOLD, HOLD",
        "400, SPLIT, REJECTED",
        "401, HOLD, HOLD",
        "402, HOLD, HOLD",
        "403, HOLD, HOLD",
        "404, HOLD, HOLD",
        "405, HOLD, HOLD",
        "407, HOLD, HOLD",
        "408, RETRY, RETRY",
        "413, SPLIT, REJECTED",
        "415, HOLD, HOLD",
        "422, SPLIT, REJECTED",
        "425, RETRY, RETRY",
        "429, RETRY, RETRY",
        "451, HOLD, HOLD",
        "500, RETRY, RETRY",
        "501, HOLD, HOLD",
        "502, RETRY, RETRY",
        "503, RETRY, RETRY",
        "504, RETRY, RETRY",
        "505, HOLD, HOLD",
        "511, HOLD, HOLD",
        "599, RETRY, RETRY",
        "999, RETRY, RETRY"
    })
    void dependOnStatusAndCount(int status, Verdict many, Verdict single) {
        assertThat(List.of(Verdicts.of(status, 2), Verdicts.of(status, 100), Verdicts.of(status, 1)))
                .containsExactly(many, many, single);
    }

    @Test
    void makeDeadLettersOnlyOfWhatIsAboutTheContent() {
        for (int status = 100; status < 1000; status++) {
            // When
            Verdict verdict = Verdicts.of(status, 1);

            // Then
            assertThat(verdict == Verdict.REJECTED)
                    .as("%s rejects", status)
                    .isEqualTo(List.of(400, 413, 422).contains(status));
        }
    }

    @Test
    void areTheTableOfTheDocumentation() throws Exception {
        // Given
        List<String> rows = Verdicts.RULES.stream()
                .map(row -> "| " + row.answer() + " | " + name(row.many()) + " | " + name(row.single()) + " |")
                .toList();

        // When
        List<String> page = Files.readAllLines(Path.of("docs/reference/verdicts.md"));

        // Then
        assertThat(page.stream()
                        .filter(line -> line.matches("\\| (\\d|other|any).*"))
                        .map(line -> line.substring(
                                0, line.indexOf('|', line.indexOf('|', line.indexOf('|', 2) + 1) + 1) + 1)))
                .containsExactlyElementsOf(rows);
    }

    private static String name(Verdict verdict) {
        return verdict.name().toLowerCase(Locale.ROOT);
    }

    @ParameterizedTest
    @ValueSource(ints = {100, 0, -1, 600})
    void tryAgainAfterWhatIsNoAnswerToABatch(int status) {
        assertThat(Verdicts.of(status, 5)).isEqualTo(Verdict.RETRY);
    }
}

package io.vitallyrelay.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class VerdictTest {
    @ParameterizedTest(name = "{0} for {1} messages means {2}")
    @CsvSource({
        "200, 1, DELIVERED",
        "200, 100, DELIVERED",
        "400, 100, SPLIT",
        "400, 2, SPLIT",
        "400, 1, REJECTED",
        "413, 2, SPLIT",
        "413, 1, REJECTED",
        "422, 2, SPLIT",
        "422, 1, REJECTED"
    })
    void dependsOnStatusAndCount(int status, int messages, Verdict verdict) {
        assertThat(Verdict.of(status, messages)).isEqualTo(verdict);
    }

    @ParameterizedTest(name = "{0} is tried again")
    @ValueSource(ints = {201, 204, 301, 302, 307, 401, 403, 404, 405, 408, 409, 415, 429, 500, 502, 503, 504, 599})
    void makesNoDeadLetterOfAnAnswerThatIsNotAboutTheContent(int status) {
        assertThat(Verdict.of(status, 1)).isEqualTo(Verdict.RETRY);
    }
}

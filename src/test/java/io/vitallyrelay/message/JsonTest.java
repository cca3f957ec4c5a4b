package io.vitallyrelay.message;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JacksonException;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTest {
    record Known(Instant at) {}

    @ParameterizedTest
    @ValueSource(strings = {"{\"a\":1,\"a\":1}", "{} {}", "1 2", "{}}", "NaN", "[Infinity]", "{'a':1}", "[1,]", "01"})
    void refusesWhatIsNotExactlyOneValue(String text) {
        assertThatThrownBy(() -> Json.tree(text)).isInstanceOf(JacksonException.class);
        assertThatThrownBy(() -> Json.tree(text.getBytes(UTF_8))).isInstanceOf(JacksonException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"at\":null,\"at\":null}", "{} {}", "{\"at\":NaN}"})
    void refusesItAsARecordToo(String text) {
        assertThatThrownBy(() -> Json.record(text.getBytes(UTF_8), Known.class)).isInstanceOf(JacksonException.class);
    }

    @Test
    void readsARecordOfWhichItKnowsAPart() throws IOException {
        assertThat(Json.record("{\"new\":1,\"at\":\"2026-01-31T00:00:00Z\"}".getBytes(UTF_8), Known.class))
                .isEqualTo(new Known(Instant.parse("2026-01-31T00:00:00Z")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.50", "0.10", "123456789012345678901234567890", "1234567890.12345678901234567890", "0.0"})
    void keepsEachDigitOfANumber(String number) throws IOException {
        assertThat(Json.tree(number)).hasToString(number);
        assertThat(Json.treeOf(Map.of("n", new BigDecimal(number)))).hasToString("{\"n\":" + number + "}");
        assertThat(Json.text(Map.of("n", new BigDecimal(number)))).isEqualTo("{\"n\":" + number + "}");
    }

    @Test
    void keepsAFloatAsItIsWritten() {
        assertThat(Json.treeOf(Map.of("n", 0.1f))).hasToString("{\"n\":0.1}");
    }

    @Test
    void refusesMoreThan1000Levels() throws IOException {
        assertThat(Json.tree("[".repeat(1000) + "]".repeat(1000))).isNotEmpty();
        assertThatThrownBy(() -> Json.tree("[".repeat(1001) + "]".repeat(1001))).isInstanceOf(JacksonException.class);
    }
}

package io.vitallyrelay.message;

import static io.vitallyrelay.message.Candidates.NOW;
import static io.vitallyrelay.message.Candidates.admit;
import static io.vitallyrelay.message.Candidates.candidate;
import static io.vitallyrelay.message.Candidates.posted;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TimestampsTest {

    @ParameterizedTest
    @CsvSource({
        // an offset is converted
        "2018-05-15T12:31:12.123Z, 2018-05-15T12:31:12.123Z",
        "2018-05-15T12:31:12.123+02:00, 2018-05-15T10:31:12.123Z",
        "2018-05-15T12:31:12.123+0200, 2018-05-15T10:31:12.123Z",
        "2018-05-15T12:31:12.123-05, 2018-05-15T17:31:12.123Z",
        "2018-12-31T23:00:00-03:30, 2019-01-01T02:30:00.000Z",
        // none means UTC
        "2018-05-15T12:31:12.123, 2018-05-15T12:31:12.123Z",
        "2018-05-15T12:31, 2018-05-15T12:31:00.000Z",
        "2018-05-15, 2018-05-15T00:00:00.000Z",
        // a space for the T, as databases write it
        "2018-05-15 12:31:12.123456+00, 2018-05-15T12:31:12.123Z",
        "2018-05-15 12:31:12, 2018-05-15T12:31:12.000Z",
        // as warehouses write it
        "2018-05-15 12:31:12 UTC, 2018-05-15T12:31:12.000Z",
        "2018-05-15 12:31:12.123456 UTC, 2018-05-15T12:31:12.123Z",
        "2018-05-15 12:31:12 -0400, 2018-05-15T16:31:12.000Z",
        "2018-05-15 12:31:12 +00:00, 2018-05-15T12:31:12.000Z",
        "2018-05-15 12:31:12 GMT, 2018-05-15T12:31:12.000Z",
        "2018-05-15t12:31:12z, 2018-05-15T12:31:12.000Z",
        "2018-05-15 12:31:12utc, 2018-05-15T12:31:12.000Z",
        "2018-05-15 12:31:12 Z, 2018-05-15T12:31:12.000Z",
        "2018-05-15 12:31:12Z, 2018-05-15T12:31:12.000Z",
        "2018-05-15 12:31 UTC, 2018-05-15T12:31:00.000Z",
        "2018-05-15T12:31:12 UTC, 2018-05-15T12:31:12.000Z",
        "2018-05-15 12:31:12.123 -0400, 2018-05-15T16:31:12.123Z",
        "2018-05-15 12:31:12.1234567 +05:30, 2018-05-15T07:01:12.123Z",
        "2018-05-15 12:31:12.123456789 +0000, 2018-05-15T12:31:12.123Z",
        "2018-05-15 12:31:12.5+05:30, 2018-05-15T07:01:12.500Z",
        "2018-05-15 12:31:12-04, 2018-05-15T16:31:12.000Z",
        "2018-05-15 12:31:12 +14, 2018-05-14T22:31:12.000Z",
        "2018-05-15T12:31:12.000+0000, 2018-05-15T12:31:12.000Z",
        "1980-05-15 12:00:00+00:53:28, 1980-05-15T11:06:32.000Z",
        "1980-05-15 12:00:00 -005328, 1980-05-15T12:53:28.000Z",
        "2020-02-29 23:59:59.9 -0001, 2020-03-01T00:00:59.900Z",
        // three decimals: added or cut, never rounded into the next second
        "2018-05-15T12:31:12Z, 2018-05-15T12:31:12.000Z",
        "2018-05-15T12:31:12.1Z, 2018-05-15T12:31:12.100Z",
        "2018-05-15T12:31:12.12Z, 2018-05-15T12:31:12.120Z",
        "2018-05-15T12:31:12.1239Z, 2018-05-15T12:31:12.123Z",
        "2018-05-15T12:31:12.999999999Z, 2018-05-15T12:31:12.999Z",
        // epochs
        "1526387472, 2018-05-15T12:31:12.000Z",
        "1526387472.1239, 2018-05-15T12:31:12.123Z",
        "1526387472123, 2018-05-15T12:31:12.123Z",
        "1526387472123.9, 2018-05-15T12:31:12.123Z",
        // the ends
        "1970-01-01, 1970-01-01T00:00:00.000Z",
        "9999-12-31T23:59:59.999Z, 9999-12-31T23:59:59.999Z",
        "100000000, 1973-03-03T09:46:40.000Z",
        "100000000000, 1973-03-03T09:46:40.000Z",
        "9999999999, 2286-11-20T17:46:39.000Z",
        "9999999999999, 2286-11-20T17:46:39.999Z"
    })
    void datesBecomeUtcWithMilliseconds(String text, String expected) throws ContractException {
        // When
        String timestamp = Timestamps.canonical(TextNode.valueOf(text));

        // Then
        assertThat(timestamp).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "1526387472, 2018-05-15T12:31:12.000Z",
        "1526387472.123, 2018-05-15T12:31:12.123Z",
        "1526387472123, 2018-05-15T12:31:12.123Z",
        "1.526387472123e12, 2018-05-15T12:31:12.123Z"
    })
    void numbersAreEpochs(String number, String expected) throws ContractException {
        // When
        String timestamp = Timestamps.canonical(candidate(number));

        // Then
        assertThat(timestamp).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "next tuesday",
                "",
                " ",
                "Z",
                "2018",
                "2018-05",
                "15.05.2018",
                "05/15/2018",
                "2018-13-01",
                "2018-02-30",
                "2019-02-29T00:00:00.000Z",
                "2018-13-01T00:00:00.000Z",
                "2018-05-15T24:00:00.000Z",
                "2018-05-15T12:60:00.000Z",
                "2018-05-15T23:59:60.000Z",
                "2018-05-15T23:59:60Z",
                "2018-02-30T12:31:12Z",
                "2018-05-15T12:31:12.1234567890Z",
                "2018-05-15T12:31:12.1234x6Z",
                "2018-05-15T12:31:12,123456Z",
                "1969-12-31T23:59:59.999999Z",
                "2018-05-15T12:31:12.123Z ",
                "2018-05-15T12:31:12.123Z\n",
                " 2018-05-15",
                "2018-05-15T",
                "2018-05-15 ",
                "2018-05-15T12:31:12+19:00",
                "2018-05-15 12:31:12 +18:01",
                "2018-05-15 12:31:12 +02:60",
                "2018-05-15 12:31:12 +2",
                "2018-05-15 12:31:12 +020",
                "2018-05-15 12:31:12 +02:0",
                "2018-05-15 12:31:12 +02:0030",
                "2018-05-15 12:31:12 +0200:30",
                "2018-05-15 12:31:12 +02:",
                "2018-05-15 12:31:12 +",
                "2018-05-15 12:31:12 ",
                "2018-05-15 12:31:12  UTC",
                "2018-05-15 12:31:12 UTC+2",
                "2018-05-15 12:31:12 UTCX",
                "2018-05-15 12:31:12 ZZ",
                "2018-05-15 12:31:12 EST",
                "2018-05-15 12:31:12 CEST",
                "2018-05-15 12:31:12 America/New_York",
                "2018-05-15 12:31:12 PM",
                "2018-05-15 12:31:12.",
                "2018-05-15 12:31:12. UTC",
                "2018-05-15 12:31:",
                "2018-05-15 12",
                "2018-05-15 1:31:12",
                "2018-05-15  12:31:12",
                "2018-05-15Z",
                "2018-05-15 UTC",
                "2018-5-15",
                "2018/05/15 12:31:12",
                "20180515T123112Z",
                "infinity",
                "1969-12-31T23:59:59.999Z",
                "1970-01-01T00:00:00+02:00",
                "10000-01-01",
                "+12345-01-01",
                "-0001-01-01",
                "0000-00-00 00:00:00",
                "20180515",
                "20180515123112",
                "1526387472123456",
                "0",
                "-1526387472",
                "1.5.2",
                ".5",
                "١٥٢٦٣٨٧٤٧٢"
            })
    void whatIsNoDateIsRefused(String text) {
        // When
        ContractException refusal =
                catchThrowableOfType(ContractException.class, () -> Timestamps.canonical(TextNode.valueOf(text)));

        // Then
        assertThat(refusal).isNotNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"true", "{}", "[]", "0", "-1526387472", "20180515", "12345678901", "1e300"})
    void whatIsNoDateIsRefusedAlsoWhenItIsNoString(String json) {
        // When
        ContractException refusal =
                catchThrowableOfType(ContractException.class, () -> Timestamps.canonical(candidate(json)));

        // Then
        assertThat(refusal).isNotNull();
    }

    @Test
    void numbersThatNoDateHasAreRefused() {
        // Given
        List<JsonNode> numbers = List.of(
                DoubleNode.valueOf(Double.NaN),
                DoubleNode.valueOf(Double.NEGATIVE_INFINITY),
                DecimalNode.valueOf(new BigDecimal("1E+999999999")),
                DecimalNode.valueOf(new BigDecimal("0E+9")));

        // When
        List<ContractException> refusals = new ArrayList<>();
        for (JsonNode number : numbers) {
            refusals.add(catchThrowableOfType(ContractException.class, () -> Timestamps.canonical(number)));
        }

        // Then
        assertThat(refusals).hasSize(4).doesNotContainNull();
    }

    @Test
    void theFastPathKnowsEveryDayOfTheCalendar() {
        // Given
        List<String> disagreements = new ArrayList<>();

        // When
        for (int year = 1968; year <= 2104; year++) {
            for (int month = 0; month <= 13; month++) {
                for (int day = 0; day <= 32; day++) {
                    String text = String.format("%04d-%02d-%02dT12:31:12.123Z", year, month, day);
                    if (Timestamps.isCanonical(text) != (year >= 1970 && exists(year, month, day))) {
                        disagreements.add(text);
                    }
                }
            }
        }

        // Then
        assertThat(disagreements).isEmpty();
    }

    @Test
    void aCanonicalTimestampIsNotFormattedAgain() throws ContractException {
        // Given
        JsonNode given = TextNode.valueOf("2018-05-15T12:31:12.123Z");

        // When
        String timestamp = Timestamps.canonical(given);

        // Then
        assertThat(timestamp).isSameAs(given.textValue());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ",'timestamp':null"})
    void anAbsentTimestampIsTheTimeOfTheClock(String absent) throws ContractException {
        // When
        Message message = admit("{'type':'organization','organizationId':'o'" + absent + "}");

        // Then
        assertThat(posted(message).get("timestamp").textValue()).isEqualTo(NOW);
    }

    @ParameterizedTest
    @CsvSource({
        "0, 1970-01-01T00:00:00.000Z",
        "1526387472120, 2018-05-15T12:31:12.120Z",
        "253402300799000, 9999-12-31T23:59:59.000Z"
    })
    void theTimeOfTheClockHasThreeDecimalsToo(long millis, String expected) {
        // When
        String timestamp = Timestamps.format(millis);

        // Then
        assertThat(timestamp).isEqualTo(expected);
    }

    private static boolean exists(int year, int month, int day) {
        try {
            LocalDate.of(year, month, day);
            return true;
        } catch (DateTimeException e) {
            return false;
        }
    }
}

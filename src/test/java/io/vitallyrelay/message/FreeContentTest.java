package io.vitallyrelay.message;

import static io.vitallyrelay.message.Candidates.CONTRACT;
import static io.vitallyrelay.message.Candidates.JSON;
import static io.vitallyrelay.message.Candidates.STAMP;
import static io.vitallyrelay.message.Candidates.candidate;
import static io.vitallyrelay.message.Candidates.posted;
import static io.vitallyrelay.message.Candidates.refusalOf;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.FloatNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.POJONode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.math.BigDecimal;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FreeContentTest {

    @ParameterizedTest
    @CsvSource({
        "1E+3, 1000",
        "1.50, 1.50",
        "0.00000001, 0.00000001",
        "-12, -12",
        "1E+40, 10000000000000000000000000000000000000000",
        "1E-400, 1E-400",
        "1E-2147483647, 1E-2147483647",
        "0E+400, 0E+400",
        "12345678901234567890.123456789012345678901234567890, 12345678901234567890.123456789012345678901234567890",
        "1.7976931348623157E+308, 1.7976931348623157E+308",
        "-1.7976931348623157E+308, -1.7976931348623157E+308"
    })
    void decimalsArePlain(String number, String expected) throws ContractException {
        // Given
        JsonNode trait = DecimalNode.valueOf(new BigDecimal(number));

        // When
        String written = written(trait);

        // Then
        assertThat(written).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "1.0, 1",
        "1e7, 10000000",
        "0.1, 0.1",
        "1e-5, 0.000010",
        "1e20, 100000000000000000000",
        "1e300, 1.0E+300",
        "9223372036854775807, 9223372036854775807",
        "123456789012345678901234567890, 123456789012345678901234567890"
    })
    void numbersAsParsedArePlain(String number, String expected) throws ContractException {
        // Given
        JsonNode trait = candidate(number);

        // When
        String written = written(trait);

        // Then
        assertThat(written).isEqualTo(expected);
    }

    @Test
    void aFloatIsNotWidened() throws ContractException {
        // When
        String written = written(FloatNode.valueOf(0.1f));

        // Then
        assertThat(written).isEqualTo("0.1");
    }

    @ParameterizedTest
    @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
    void whatIsNoNumberIsRefused(double number) {
        // When
        ContractException refusal = refusalOf(account(DoubleNode.valueOf(number)));

        // Then
        assertThat(refusal).hasMessage("traits.t: must be a finite number, got " + number);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1E+2147483647",
                "1E+999999999",
                "1E+400",
                "-1E+400",
                "1.7976931348623159E+308",
                "17976931348623159E+292"
            })
    void aNumberBeyondWhatADoubleHoldsIsRefused(String number) {
        // When
        ContractException refusal = refusalOf(account(DecimalNode.valueOf(new BigDecimal(number))));

        // Then
        assertThat(refusal)
                .hasMessageStartingWith(
                        "traits.t: must not be beyond what a double holds, 1.7976931348623157E308, got ");
    }

    @Test
    void aWholeNumberBeyondWhatADoubleHoldsIsRefused() {
        // Given
        String largest = new BigDecimal(Double.MAX_VALUE).toPlainString();

        // When
        ContractException refusal = refusalOf(account(candidate("[" + largest + ",-1" + "0".repeat(309) + "]")));

        // Then
        assertThat(refusal.field()).isEqualTo("traits.t[1]");
    }

    @Test
    void whatIsNoJsonIsRefused() {
        // When
        ContractException refusal = refusalOf(account(new POJONode("x")));

        // Then
        assertThat(refusal).hasMessage("traits.t: must be a JSON value, got a Java object");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\uD83D", "a\uDE00b", "\uDE00\uD83D", "\uD83Dx"})
    void halfASurrogatePairIsRefused(String text) {
        // When
        ContractException refusal = refusalOf(account(TextNode.valueOf(text)));

        // Then
        assertThat(refusal.rule()).isEqualTo("must hold whole characters, not one half of a surrogate pair");
    }

    @Test
    void nulIsRefusedInAValue() {
        // When
        ContractException refusal = refusalOf(account(candidate("[{'x':1},{'x':'a\\u0000'}]")));

        // Then
        assertThat(refusal).hasMessage("traits.t[1].x: must not hold the character NUL, got U+0000");
    }

    @Test
    void nulIsRefusedInAName() {
        // When
        ContractException refusal = refusalOf(account(candidate("{'a\\u0000':1}")));

        // Then
        assertThat(refusal.field()).isEqualTo("traits.t.a\\u0000");
    }

    @Test
    void nulIsRefusedInATopLevelString() {
        // Given
        JsonNode candidate = candidate("{'type':'unlink','userId':'a\\u0000','accountId':'a'}");

        // When
        ContractException refusal = refusalOf(candidate);

        // Then
        assertThat(refusal).hasMessage("userId: must not hold the character NUL, got U+0000");
    }

    @Test
    void aHundredLevelsAreAdmitted() throws ContractException {
        // Given
        String trait = "[".repeat(99) + "]".repeat(99);

        // When
        String written = written(candidate(trait));

        // Then
        assertThat(written).isEqualTo(trait);
    }

    @Test
    void oneLevelMoreIsRefused() {
        // Given
        String trait = "[".repeat(100) + "]".repeat(100);

        // When
        ContractException refusal = refusalOf(account(candidate(trait)));

        // Then
        assertThat(refusal.rule()).isEqualTo("must not lie deeper than 100 levels");
    }

    @Test
    void onlyWhatJsonDemandsIsEscaped() throws ContractException {
        // When
        String written = written(TextNode.valueOf("\"\\/\n\r\t\b\u001F\u007Fé€😀"));

        // Then
        assertThat(written).isEqualTo("\"\\\"\\\\/\\n\\r\\t\\u0008\\u001f\u007Fé€😀\"");
    }

    @Test
    void anyTextComesBackAsItWent() throws ContractException {
        // Given every character there is, in an order that mixes long and short ones
        String text = new Random(1)
                .ints(200_000, 1, 0x110000)
                .map(c -> c % 3 == 0 ? 1 + c % 0x7F : c % 3 == 1 ? 1 + c % 0xD7FF : c)
                .filter(c -> c < 0xD800 || c > 0xDFFF)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
        Contract roomy = new Contract(10_000_000, java.time.InstantSource.system());

        // When
        Message message = roomy.admit(account(TextNode.valueOf(text)), STAMP);

        // Then
        assertThat(posted(message).get("traits").get("t").textValue()).isEqualTo(text);
    }

    private static ObjectNode account(JsonNode trait) {
        ObjectNode candidate = JSON.createObjectNode().put("type", "account").put("accountId", "a");
        candidate.putObject("traits").set("t", trait);
        return candidate;
    }

    /** The trait as it stands in the bytes. */
    private static String written(JsonNode trait) throws ContractException {
        String json = new String(CONTRACT.admit(account(trait), STAMP).json(), UTF_8);
        return json.substring(json.indexOf("{\"t\":") + 5, json.length() - 2);
    }
}

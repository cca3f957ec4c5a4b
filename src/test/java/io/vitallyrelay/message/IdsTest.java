package io.vitallyrelay.message;

import static io.vitallyrelay.message.Candidates.CONTRACT;
import static io.vitallyrelay.message.Candidates.STAMP;
import static io.vitallyrelay.message.Candidates.candidate;
import static io.vitallyrelay.message.Candidates.posted;
import static io.vitallyrelay.message.Candidates.refusalOf;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.FloatNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.POJONode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.math.BigDecimal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IdsTest {

    @ParameterizedTest
    @CsvSource({
        "1, 1",
        "1.0, 1",
        "1e6, 1000000",
        "-7, -7",
        "0, 0",
        "-0.0, 0",
        "9007199254740992.0, 9007199254740992",
        "9223372036854775807, 9223372036854775807",
        "123456789012345678901234567890, 123456789012345678901234567890"
    })
    void wholeNumbersBecomePlainDecimals(String number, String id) throws ContractException {
        // Given
        JsonNode candidate = organization(candidate(number));

        // When
        Message message = CONTRACT.admit(candidate, STAMP);

        // Then
        assertThat(posted(message).get("organizationId")).isEqualTo(TextNode.valueOf(id));
    }

    @ParameterizedTest
    @ValueSource(strings = {"7", "7.00", "7.0E0", "0.7E+1"})
    void exactDecimalsBecomePlainDecimals(String number) throws ContractException {
        // Given
        JsonNode candidate = organization(DecimalNode.valueOf(new BigDecimal(number)));

        // When
        Message message = CONTRACT.admit(candidate, STAMP);

        // Then
        assertThat(posted(message).get("organizationId").textValue()).isEqualTo("7");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", " a ", "007", "1.0", "é", "😀", "a\nb", "a\u200Bb", "\uFEFFa", "undefined"})
    void stringsStayAsTheyAre(String id) throws ContractException {
        // Given
        JsonNode candidate = organization(TextNode.valueOf(id));

        // When
        Message message = CONTRACT.admit(candidate, STAMP);

        // Then
        assertThat(posted(message).get("organizationId").textValue()).isEqualTo(id);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.5", "true", "{}", "['a']"})
    void whatIsNeitherStringNorWholeNumberIsRefused(String json) {
        // Given
        JsonNode candidate = organization(candidate(json));

        // When
        ContractException refusal = refusalOf(candidate);

        // Then
        assertThat(refusal.rule()).isEqualTo("must be a string or a whole number");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1e300", "9007199254740994.0"})
    void aDoubleThatCouldStandForTwoIdsIsRefused(String json) {
        // Given
        JsonNode candidate = organization(candidate(json));

        // When
        ContractException refusal = refusalOf(candidate);

        // Then
        assertThat(refusal.rule()).isEqualTo("must be a string, for a number this large is not exact");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "\t\n",
                "\u00A0",
                "\u2003\u3000",
                "\u200B",
                "\uFEFF",
                "\u2060",
                "\u200D \u200E",
                "\u00AD",
                "\u3164",
                "\uFE0F",
                "\u2800",
                "\u0001",
                "\u007F\u0085"
            })
    void blankStringsAreRefused(String id) {
        // Given
        JsonNode candidate = organization(TextNode.valueOf(id));

        // When
        ContractException refusal = refusalOf(candidate);

        // Then
        assertThat(refusal).hasMessageStartingWith("organizationId: must not be blank");
    }

    @Test
    void anIdOf1024CharactersIsAdmittedHoweverManyBytesTheyTake() throws ContractException {
        // Given
        String id = "😀".repeat(1024);

        // When
        Message message = CONTRACT.admit(organization(TextNode.valueOf(id)), STAMP);

        // Then
        assertThat(posted(message).get("organizationId").textValue()).isEqualTo(id);
    }

    @Test
    void aLongerIdIsRefused() {
        // Given
        JsonNode candidate = organization(TextNode.valueOf("a".repeat(1025)));

        // When
        ContractException refusal = refusalOf(candidate);

        // Then
        assertThat(refusal.rule()).isEqualTo("must have at most 1024 characters");
    }

    @Test
    void aNumberOfABillionDigitsIsRefusedAndNeverWrittenOut() {
        // Given
        JsonNode candidate = organization(DecimalNode.valueOf(new BigDecimal("1E+999999999")));

        // When
        ContractException refusal = refusalOf(candidate);

        // Then
        assertThat(refusal.rule()).isEqualTo("must have at most 1024 characters");
    }

    @Test
    void aFractionOfABillionZerosIsRefused() {
        // Given
        JsonNode candidate = organization(DecimalNode.valueOf(new BigDecimal("1E-999999999")));

        // When
        ContractException refusal = refusalOf(candidate);

        // Then
        assertThat(refusal.rule()).isEqualTo("must be a string or a whole number");
    }

    @ParameterizedTest
    @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY})
    void notANumberIsRefused(float number) {
        // Given
        JsonNode candidate = organization(FloatNode.valueOf(number));

        // When
        ContractException refusal = refusalOf(candidate);

        // Then
        assertThat(refusal.field()).isEqualTo("organizationId");
    }

    @Test
    void aJavaObjectIsRefused() {
        // Given
        JsonNode candidate = organization(new POJONode(new Object()));

        // When
        ContractException refusal = refusalOf(candidate);

        // Then
        assertThat(refusal.value()).isEqualTo("a Java object");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "42",
                "0f8fad5b-d9cb-469f-a165-70867728950",
                "0f8fad5b-d9cb-469f-a165-70867728950g",
                "0f8fad5bd9cb-469f-a165-7086-7728950e"
            })
    void aCustomObjectIdThatIsNoUuidIsRefused(String id) {
        // Given
        String candidate =
                "{'type':'customobjectinstance','externalId':'x','accountId':'a','customObjectId':'" + id + "'}";

        // When
        ContractException refusal = refusalOf(candidate);

        // Then
        assertThat(refusal.field()).isEqualTo("customObjectId");
    }

    private static ObjectNode organization(JsonNode id) {
        ObjectNode candidate = Candidates.JSON.createObjectNode().put("type", "organization");
        candidate.set("organizationId", id);
        return candidate;
    }
}

package io.vitallyrelay.message;

import static io.vitallyrelay.message.Candidates.CONTRACT;
import static io.vitallyrelay.message.Candidates.ORIGIN;
import static io.vitallyrelay.message.Candidates.candidate;
import static io.vitallyrelay.message.Candidates.posted;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class NullsTest {
    private static final String TRAITS = "{'a':null,'b':{'c':null,'d':1},'e':[null,{'f':null}],'g':null}";

    @Test
    void omitLeavesOutFieldsThatAreNullButKeepsElements() throws ContractException {
        // When
        JsonNode traits = posted(admit(NullPolicy.OMIT)).get("traits");

        // Then
        assertThat(traits).isEqualTo(candidate("{'b':{'d':1},'e':[null,{}]}"));
    }

    @Test
    void sendKeepsThemAll() throws ContractException {
        // When
        JsonNode traits = posted(admit(NullPolicy.SEND)).get("traits");

        // Then
        assertThat(traits).isEqualTo(candidate(TRAITS));
    }

    @ParameterizedTest
    @EnumSource
    void aTopLevelNullIsAlwaysLeftOutAlsoWhereTheTypeLacksTheField(NullPolicy policy) throws ContractException {
        // When
        JsonNode posted = posted(admit(policy));

        // Then
        assertThat(posted.fieldNames())
                .toIterable()
                .containsExactly("type", "messageId", "timestamp", "accountId", "traits");
    }

    @Test
    void theCandidateStaysAsItIs() throws ContractException {
        // Given
        JsonNode candidate = account();

        // When
        CONTRACT.admit(candidate, new Stamp(null, NullPolicy.OMIT, ORIGIN, 0));

        // Then
        assertThat(candidate).isEqualTo(account());
    }

    private static Message admit(NullPolicy policy) throws ContractException {
        return CONTRACT.admit(account(), new Stamp(null, policy, ORIGIN, 0));
    }

    private static JsonNode account() {
        return candidate("{'type':'account','accountId':1,'organizationId':null,'userId':null,'timestamp':null,"
                + "'messageId':null,'traits':" + TRAITS + "}");
    }
}

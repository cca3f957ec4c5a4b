package io.vitallyrelay.message;

import static io.vitallyrelay.message.Candidates.STAMP;
import static io.vitallyrelay.message.Candidates.admit;
import static io.vitallyrelay.message.Candidates.candidate;
import static io.vitallyrelay.message.Candidates.refusalOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;

class SizeTest {
    private static final String ACCOUNT =
            "{'type':'account','accountId':'a','timestamp':'2018-05-15','traits':{'name':'é😀'}}";

    @Test
    void aMessageOfExactlyTheLimitIsAdmitted() throws ContractException {
        // Given
        int bytes = admit(ACCOUNT).json().length;

        // When
        Message message = contract(bytes).admit(candidate(ACCOUNT), STAMP);

        // Then
        assertThat(message.json()).hasSize(bytes);
    }

    @Test
    void oneByteMoreIsRefusedAndBothNumbersAreNamed() throws ContractException {
        // Given
        int bytes = admit(ACCOUNT).json().length;

        // When
        ContractException refusal = catchThrowableOfType(
                ContractException.class, () -> contract(bytes - 1).admit(candidate(ACCOUNT), STAMP));

        // Then
        assertThat(refusal).hasMessage("message: must have at most %d bytes, got %d bytes", bytes - 1, bytes);
    }

    @Test
    void aMessageAfterAHugeOneIsNotDisturbed() throws ContractException {
        // Given
        byte[] before = admit(ACCOUNT).json();
        JsonNode huge = candidate("{'type':'account','accountId':'a','traits':{'t':'" + "é".repeat(500_000) + "'}}");
        assumeThat(refusalOf(huge)).isNotNull();

        // When
        byte[] after = admit(ACCOUNT).json();

        // Then
        assertThat(after).isEqualTo(before);
    }

    private static Contract contract(int maxMessageBytes) {
        return new Contract(maxMessageBytes, InstantSource.system());
    }
}

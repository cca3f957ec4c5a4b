package io.vitallyrelay.message;

import static io.vitallyrelay.message.Candidates.CONTRACT;
import static io.vitallyrelay.message.Candidates.JSON;
import static io.vitallyrelay.message.Candidates.ORIGIN;
import static io.vitallyrelay.message.Candidates.posted;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The compiled check and the published schemas are two tellings of one contract: this test holds them together. */
class DifferentialTest {
    private static final int CANDIDATES = 20_000;
    private static final Map<MessageType, PublishedSchema> SCHEMAS = new EnumMap<>(MessageType.class);

    static {
        for (MessageType type : MessageType.KNOWN) {
            SCHEMAS.put(type, PublishedSchema.of(type));
        }
    }

    @Test
    void whatTheContractAdmitsIsWhatTheSchemaDescribes() {
        // Given
        long seed = seed();
        RandomCandidates candidates = new RandomCandidates(new Random(seed));
        List<String> invalid = new ArrayList<>();
        int admitted = 0;

        // When
        for (int i = 0; i < CANDIDATES; i++) {
            ObjectNode candidate = candidates.raw();
            NullPolicy nulls = i % 2 == 0 ? NullPolicy.OMIT : NullPolicy.SEND;
            try {
                Message message = CONTRACT.admit(candidate, new Stamp(null, nulls, ORIGIN, i));
                admitted++;
                if (!SCHEMAS.get(message.type()).accepts(posted(message))) {
                    invalid.add(candidate.toString());
                }
            } catch (ContractException e) {
                // the other test looks at these
            }
        }

        // Then
        assertThat(invalid).as("seed %d, %d admitted", seed, admitted).isEmpty();
        assertThat(admitted).as("admitted with seed %d", seed).isBetween(CANDIDATES / 4, CANDIDATES);
    }

    @Test
    void theContractRefusesWhatTheSchemaRefusesAndNothingElse() {
        // Given
        long seed = seed();
        RandomCandidates candidates = new RandomCandidates(new Random(seed));
        List<String> disagreements = new ArrayList<>();
        int refused = 0;

        // When
        for (int i = 0; i < CANDIDATES; i++) {
            ObjectNode candidate = candidates.canonicalOrBroken();
            boolean bySchema = refusedBySchema(candidate);
            String byContract = refusal(candidate);
            refused += bySchema ? 1 : 0;
            if (bySchema != (byContract != null)) {
                disagreements.add(candidate + " -> " + byContract);
            }
        }

        // Then
        assertThat(disagreements).as("seed %d, %d refused", seed, refused).isEmpty();
        assertThat(refused).as("refused with seed %d", seed).isBetween(CANDIDATES / 4, CANDIDATES * 3 / 4);
    }

    @Test
    void bothCallTheSameCharactersBlank() {
        // Given
        PublishedSchema schema = SCHEMAS.get(MessageType.ORGANIZATION);
        List<String> disagreements = new ArrayList<>();

        // When
        for (char c = 0; c < Character.MAX_VALUE; c++) {
            ObjectNode candidate = JSON.createObjectNode()
                    .put("type", "organization")
                    .put("messageId", "m")
                    .put("timestamp", "2018-05-15T12:31:12.123Z")
                    .put("organizationId", Character.toString(c));
            // no schema can speak of half a character
            if (!Character.isSurrogate(c) && schema.accepts(candidate) == (refusal(candidate) != null)) {
                disagreements.add(String.format("U+%04X", (int) c));
            }
        }

        // Then
        assertThat(disagreements).isEmpty();
    }

    private static boolean refusedBySchema(JsonNode candidate) {
        JsonNode type = candidate.path("type");
        return !type.isTextual()
                || MessageType.ofWireName(type.textValue())
                        .map(known -> !SCHEMAS.get(known).accepts(candidate))
                        .orElse(true);
    }

    /** The text of the refusal, or null. */
    private static String refusal(JsonNode candidate) {
        try {
            Message message = CONTRACT.admit(candidate, new Stamp(null, NullPolicy.SEND, ORIGIN, 0));
            assertThat(message.messageId()).isEqualTo(candidate.get("messageId").textValue());
            return null;
        } catch (ContractException e) {
            return TextNode.valueOf(e.getMessage()).toString();
        }
    }

    /** A new one for each run; to run a failure again: {@code -Dcontract.seed=…}. */
    private static long seed() {
        long seed = Long.getLong("contract.seed", System.nanoTime());
        System.out.println("DifferentialTest: -Dcontract.seed=" + seed);
        return seed;
    }
}

package io.vitallyrelay.message;

import static io.vitallyrelay.message.Candidates.CONTRACT;
import static io.vitallyrelay.message.Candidates.ORIGIN;
import static io.vitallyrelay.message.Candidates.STAMP;
import static io.vitallyrelay.message.Candidates.candidate;
import static io.vitallyrelay.message.Candidates.posted;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MessageIdsTest {
    private static final JsonNode ROW =
            candidate("{'type':'user','userId':'u1','accountId':'a1','traits':{'name':'Ada é'}}");

    @Test
    void theIdThatTheRecordBringsIsKept() throws ContractException {
        // Given
        JsonNode candidate = candidate("{'type':'unlink','userId':'u','accountId':'a','messageId':'my \\\\ id'}");

        // When
        Message message = CONTRACT.admit(candidate, STAMP);

        // Then
        assertThat(message.messageId()).isEqualTo("my \\ id");
    }

    @Test
    void theIdIsTheOneThatIsPosted() throws ContractException {
        // When
        Message message = CONTRACT.admit(ROW, STAMP);

        // Then
        assertThat(posted(message).get("messageId").textValue()).isEqualTo(message.messageId());
    }

    @Test
    void theRecipeIsTheDocumentedOne() throws ContractException {
        // Given a value worked out elsewhere, by the recipe in docs/reference/messages.md
        String expected = "eec88227-cd84-5e1c-b92a-ee86e149567a";

        // When
        Message message = CONTRACT.admit(ROW, STAMP);

        // Then
        assertThat(message.messageId()).isEqualTo(expected);
    }

    @Test
    void theIdIsAUuidOfVersion5() throws ContractException {
        // When
        UUID id = UUID.fromString(CONTRACT.admit(ROW, STAMP).messageId());

        // Then
        assertThat(List.of(id.version(), id.variant())).containsExactly(5, 2);
    }

    @Test
    void theSameRecordReadAgainLaterHasTheSameId() throws ContractException {
        // Given
        Contract nextYear = new Contract(32768, InstantSource.fixed(Instant.parse("2027-01-01T00:00:00Z")));

        // When
        Message again = nextYear.admit(
                ROW.deepCopy(), new Stamp(null, NullPolicy.OMIT, new Origin("users-csv", "users.csv#1f", "line 7"), 0));

        // Then
        assertThat(again.messageId()).isEqualTo(CONTRACT.admit(ROW, STAMP).messageId());
    }

    @Test
    void everyPartOfTheOriginMakesAnotherId() throws ContractException {
        // Given
        List<Stamp> stamps = List.of(
                STAMP,
                new Stamp(null, NullPolicy.OMIT, ORIGIN, 1),
                stamp("users-json", "users.csv#1f", "line 7"),
                stamp("users-csv", "users.csv#2e", "line 7"),
                stamp("users-csv", "users.csv#1f", "line 8"),
                // the same text, parted at other places
                stamp("users-csvu", "sers.csv#1f", "line 7"),
                stamp("users-csv", "users.csv#1fl", "ine 7"));

        // When
        List<String> ids = stamps.stream().map(stamp -> id(ROW, stamp)).toList();

        // Then
        assertThat(ids).doesNotHaveDuplicates();
    }

    @Test
    void everyPartOfTheContentMakesAnotherId() {
        // Given
        List<String> candidates = List.of(
                "{'type':'user','userId':'u1','accountId':'a1'}",
                "{'type':'unlink','userId':'u1','accountId':'a1'}",
                "{'type':'user','userId':'u1','organizationId':'a1'}",
                "{'type':'user','userId':'u1','accountId':'a1','traits':{'n':1}}",
                "{'type':'user','userId':'u1','accountId':'a1','timestamp':'2018-05-15'}",
                "{'type':'user','userId':'u1','accountId':'a1','timestamp':'2018-05-16'}");

        // When
        List<String> ids = candidates.stream()
                .map(Candidates::candidate)
                .map(candidate -> id(candidate, STAMP))
                .toList();

        // Then
        assertThat(ids).doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'accountId':'a1','traits':{'name':'Ada é'},'userId':'u1','type':'user'}",
                "{'type':'user','userId':'u1','accountId':'a1','organizationId':null,'traits':{'name':'Ada é','n':null}}",
                "{'type':'user','userId':'u1','accountId':'a1','messageId':null,'traits':{'name':'Ada \\u00e9'}}"
            })
    void anotherSpellingOfTheSameContentHasTheSameId(String spelling) {
        // When
        String id = id(candidate(spelling), STAMP);

        // Then
        assertThat(id).isEqualTo(id(ROW, STAMP));
    }

    @Test
    void threadsDoNotDisturbOneAnother() {
        // When
        List<String> ids = IntStream.range(0, 20_000)
                .parallel()
                .mapToObj(i -> id(ROW, STAMP))
                .distinct()
                .toList();

        // Then
        assertThat(ids).isEqualTo(Collections.singletonList(id(ROW, STAMP)));
    }

    private static Stamp stamp(String integration, String unit, String position) {
        return new Stamp(null, NullPolicy.OMIT, new Origin(integration, unit, position), 0);
    }

    private static String id(JsonNode candidate, Stamp stamp) {
        try {
            return CONTRACT.admit(candidate, stamp).messageId();
        } catch (ContractException e) {
            throw new AssertionError(e);
        }
    }
}

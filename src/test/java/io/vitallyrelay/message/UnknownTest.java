package io.vitallyrelay.message;

import static io.vitallyrelay.message.Candidates.NOW;
import static io.vitallyrelay.message.Candidates.ORIGIN;
import static io.vitallyrelay.message.Candidates.candidate;
import static io.vitallyrelay.message.Candidates.posted;
import static io.vitallyrelay.message.Candidates.refusalOf;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Fields and types that are not known: refused, or let pass. */
class UnknownTest {
    private static final String WITH_CONTEXT =
            "{'type':'user','userId':'u9','accountId':'a1','context':{'ip':'203.0.113.1','n':null},'traits':{'k':1}}";

    private final List<String> told = new ArrayList<>();

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {'type':'user','userId':'u','accountId':'a','context':{}} | context
            {'type':'page','userId':'u9','accountId':'a1'}            | type
            {'type':'identify','userId':'u9','traits':{'k':1}}        | type
            {'type':'User','userId':'u9','accountId':'a1'}            | type
            {'type':'other','userId':'u9','accountId':'a1'}           | type
            """)
    void areRefusedUnlessTheyAreToPass(String candidate, String field) {
        // When
        ContractException refusal = refusalOf(candidate);

        // Then
        assertThat(refusal.field()).isEqualTo(field);
    }

    @Test
    void anUnknownFieldPassesAsItIsBehindTheOthers() throws ContractException {
        // When
        Message message = passing(true, false).admit(candidate(WITH_CONTEXT), stamp(null));

        // Then
        assertThat(new String(message.json(), UTF_8).replace('"', '\''))
                .endsWith("'userId':'u9','accountId':'a1','traits':{'k':1},'context':{'ip':'203.0.113.1','n':null}}");
        assertThat(told).containsExactly("UNKNOWN_FIELD 1 context of user");
    }

    @Test
    void aFieldOfAnotherTypePassesToo() throws ContractException {
        // Given
        String candidate = "{'type':'unlink','userId':'u','accountId':'a','traits':{'k':null},'properties':7}";

        // When
        Message message = passing(true, false).admit(candidate(candidate), stamp(null));

        // Then
        assertThat(posted(message).get("traits")).isEqualTo(candidate("{'k':null}"));
        assertThat(posted(message).get("properties")).isEqualTo(candidate("7"));
        assertThat(told).containsExactly("UNKNOWN_FIELD 2 traits of unlink");
    }

    @Test
    void aFieldThatPassesIsPartOfTheMessageId() throws ContractException {
        // Given
        Contract contract = passing(true, false);

        // When
        Message one = contract.admit(candidate(WITH_CONTEXT), stamp(null));
        Message other = contract.admit(candidate(WITH_CONTEXT.replace("203", "204")), stamp(null));

        // Then
        assertThat(one.messageId()).isNotEqualTo(other.messageId());
    }

    @Test
    void whatNoMessageMayHoldIsRefusedInAFieldThatPassesToo() {
        // When
        ContractException refusal = catchThrowableOfType(
                ContractException.class,
                () -> passing(true, false)
                        .admit(
                                candidate("{'type':'user','userId':'u','accountId':'a','context':{'a':'\\u0000'}}"),
                                stamp(null)));

        // Then
        assertThat(refusal).hasMessage("context.a: must not hold the character NUL, got U+0000");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {'type':'page','userId':'u9','accountId':'a1'}     | user:u9
            {'type':'identify','userId':9,'traits':{'k':1}}    | user:9
            {'type':'User','userId':'u9','accountId':'a1'}     | user:u9
            {'type':'group','accountId':'a1','userId':''}      | account:a1
            {'type':'tenant','organizationId':'o1'}            | organization:o1
            {'type':'other','externalId':'x'}                  | object::x
            {'type':'thing','externalId':'x','customObjectId':'c','userId':'u'} | object:c:x
            {'type':'ping'}                                    | type:ping
            """)
    void anUnknownTypePassesAndIsAboutWhomItNames(String candidate, String entity) throws ContractException {
        // When
        Message message = passing(false, true).admit(candidate(candidate), stamp(null));

        // Then
        assertThat(message.entity()).isEqualTo(entity);
        assertThat(message.type()).isEqualTo(MessageType.OTHER);
        String type = candidate(candidate).get("type").textValue();
        assertThat(posted(message).get("type").textValue()).isEqualTo(type);
        assertThat(told).containsExactly("UNKNOWN_TYPE 1 " + type);
    }

    @Test
    void anUnknownTypeIsStampedAndItsOtherFieldsPassAsTheyAre() throws ContractException {
        // Given
        String page =
                "{'type':'page','userId':7,'timestamp':'2018-05-15 12:31:12 UTC','messageId':'m','event':{'x':null},"
                        + "'traits':[1],'name':'n','url':'/a','properties':{'a':null,'b':1}}";

        // When
        Message message = passing(false, true).admit(candidate(page), stamp(NullPolicy.OMIT));

        // Then
        assertThat(new String(message.json(), UTF_8).replace('"', '\''))
                .isEqualTo("{'type':'page','messageId':'m','timestamp':'2018-05-15T12:31:12.000Z','userId':'7',"
                        + "'traits':[1],'properties':{'b':1},'event':{'x':null},'name':'n','url':'/a'}");
    }

    @Test
    void aRouteCanNameAnUnknownTypeAsItsDefault() throws ContractException {
        // Given
        Contract contract = passing(false, true);

        // When
        Message message = contract.admit(candidate("{'userId':'u'}"), new Stamp("page", NullPolicy.OMIT, ORIGIN, 0));

        // Then
        assertThat(contract.knows("page")).isTrue();
        assertThat(posted(message).get("type").textValue()).isEqualTo("page");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'type':'','userId':'u'}",
                "{'type':' \\u200b','userId':'u'}",
                "{'type':7,'userId':'u'}",
                "{'type':null,'userId':'u'}",
                "{'type':'a\\u0000','userId':'u'}",
                "{'userId':'u'}"
            })
    void whatIsNoTypeAtAllIsRefusedAlways(String candidate) {
        // When
        ContractException refusal = catchThrowableOfType(
                ContractException.class, () -> passing(true, true).admit(candidate(candidate), stamp(null)));

        // Then
        assertThat(refusal.field()).isEqualTo("type");
    }

    private Contract passing(boolean fields, boolean types) {
        return new Contract(
                new ContractRules(32768, NullPolicy.SEND, fields, types),
                InstantSource.fixed(Instant.parse(NOW)),
                (notice, count, detail, origin) -> told.add(notice + " " + count + " " + detail));
    }

    private static Stamp stamp(NullPolicy nulls) {
        return new Stamp(null, nulls, ORIGIN, 0);
    }
}

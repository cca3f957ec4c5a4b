package io.vitallyrelay.message;

import static io.vitallyrelay.message.Candidates.CONTRACT;
import static io.vitallyrelay.message.Candidates.ORIGIN;
import static io.vitallyrelay.message.Candidates.STAMP;
import static io.vitallyrelay.message.Candidates.admit;
import static io.vitallyrelay.message.Candidates.candidate;
import static io.vitallyrelay.message.Candidates.posted;
import static io.vitallyrelay.message.Candidates.refusalOf;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FieldsTest {
    private static final String UUID = "0f8fad5b-d9cb-469f-a165-70867728950e";

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {'type':'organization','organizationId':'o'}                               | organization:o
            {'type':'organization','organizationId':'o','traits':{}}                   | organization:o
            {'type':'account','accountId':'a','traits':{}}                             | account:a
            {'type':'account','accountId':'a','organizationId':'o','traits':{'x':1}}   | account:a
            {'type':'user','userId':'u','accountId':'a'}                               | user:u
            {'type':'user','userId':'u','organizationId':'o','traits':{}}              | user:u
            {'type':'track','userId':'u','accountId':'a','event':'e'}                  | user:u
            {'type':'track','accountId':'a','organizationId':'o','event':'e'}          | account:a
            {'type':'track','organizationId':'o','event':'e','properties':{}}          | organization:o
            {'type':'customobjectinstance','externalId':7,'customObjectId':'0f8fad5b-d9cb-469f-a165-70867728950e','accountId':'a'} | object:0f8fad5b-d9cb-469f-a165-70867728950e:7
            {'type':'unlink','userId':'u','accountId':'a'}                             | user:u
            """)
    void theLeastThatIsAdmittedAndItsEntity(String candidate, String entity) throws ContractException {
        // When
        Message message = admit(candidate);

        // Then
        assertThat(message.entity()).isEqualTo(entity);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {'type':'organization','traits':{}}                    | organizationId
            {'type':'account','traits':{}}                         | accountId
            {'type':'account','accountId':'','traits':{}}          | accountId
            {'type':'account','accountId':'a','traits':[]}         | traits
            {'type':'account','accountId':'a','traits':'x'}        | traits
            {'type':'user','accountId':'a'}                        | userId
            {'type':'user','userId':null,'accountId':'a'}          | userId
            {'type':'user','userId':'u'}                           | accountId or organizationId
            {'type':'user','userId':' ','accountId':'a'}           | userId
            {'type':'user','userId':'u','accountId':'','organizationId':' '} | accountId or organizationId
            {'type':'user','userId':'u','accountId':'a','traits':'x'}      | traits
            {'type':'track','userId':'u'}                          | event
            {'type':'track','userId':'u','event':' '}              | event
            {'type':'track','userId':'u','event':7}                | event
            {'type':'track','event':'e'}                           | userId or accountId or organizationId
            {'type':'track','userId':'u','event':'e','properties':1}       | properties
            {'type':'track','userId':'u','event':'e','traits':{}}  | traits
            {'type':'customobjectinstance','customObjectId':'0f8fad5b-d9cb-469f-a165-70867728950e','accountId':'a'} | externalId
            {'type':'customobjectinstance','externalId':'x','accountId':'a'} | customObjectId
            {'type':'customobjectinstance','externalId':'x','customObjectId':'0f8fad5b-d9cb-469f-a165-70867728950e'} | accountId or organizationId
            {'type':'customobjectinstance','externalId':'x','customObjectId':'0f8fad5b-d9cb-469f-a165-70867728950e','accountId':'a','name':7} | name
            {'type':'unlink','accountId':'a'}                      | userId
            {'type':'unlink','userId':'u'}                         | accountId
            {'type':'unlink','userId':'u','accountId':''}          | accountId
            {'type':'unlink','userId':'u','accountId':'a','traits':{}}     | traits
            {'type':'user','userId':'u','acountId':'a'}            | acountId
            {'type':'user','userId':'u','accountId':'a','acountId':null}   | acountId
            {'type':'user','userId':'u','accountId':'a','acountId':''}     | acountId
            {'type':''}                                            | type
            {'userId':'u'}                                         | type
            {'type':null}                                          | type
            {'type':7}                                             | type
            {'type':'User'}                                        | type
            []                                                     | message
            null                                                   | message
            'user'                                                 | message
            """)
    void whatIsMissingOrTooMuchIsNamed(String candidate, String field) {
        // When
        ContractException refusal = refusalOf(candidate);

        // Then
        assertThat(refusal.field()).isEqualTo(field);
    }

    @Test
    void aCandidateThatIsNotThereIsRefused() {
        // When
        ContractException refusal = refusalOf(MissingNode.getInstance());

        // Then
        assertThat(refusal).hasMessage("message: must be a JSON object, is absent");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "'type':null,", "'type':'',"})
    void theDefaultTypeStandsInForAnAbsentOne(String type) throws ContractException {
        // Given
        Stamp stamp = new Stamp("unlink", NullPolicy.OMIT, ORIGIN, 0);

        // When
        Message message = CONTRACT.admit(candidate("{" + type + "'userId':'u','accountId':'a'}"), stamp);

        // Then
        assertThat(message.type()).isEqualTo(MessageType.UNLINK);
    }

    @Test
    void theTypeOfTheCandidateGoesBeforeTheDefault() throws ContractException {
        // Given
        Stamp stamp = new Stamp("unlink", NullPolicy.OMIT, ORIGIN, 0);

        // When
        Message message = CONTRACT.admit(candidate("{'type':'user','userId':'u','accountId':'a'}"), stamp);

        // Then
        assertThat(message.type()).isEqualTo(MessageType.USER);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {'type':'account','accountId':'a'}                                  | traits
            {'type':'account','accountId':'a','traits':null}                    | traits
            {'type':'account','accountId':'a','traits':''}                      | traits
            {'type':'user','userId':'u','accountId':'a'}                        | traits
            {'type':'user','userId':'u','accountId':'a','traits':null}          | traits
            {'type':'track','userId':'u','event':'e'}                           | properties
            {'type':'customobjectinstance','externalId':'x','customObjectId':'0f8fad5b-d9cb-469f-a165-70867728950e','accountId':'a'} | traits
            """)
    void absentContentThatVitallyWantsIsEmpty(String candidate, String field) throws ContractException {
        // When
        JsonNode posted = posted(admit(candidate));

        // Then
        assertThat(posted.get(field)).isEqualTo(candidate("{}"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {'type':'user','userId':'u','accountId':'a','organizationId':''}    | organizationId
            {'type':'user','userId':'u','accountId':' ','organizationId':'o'}   | accountId
            {'type':'user','userId':'u','accountId':'a','event':'','name':' '}  | event
            {'type':'account','accountId':'a','organizationId':'\\u00a0'}       | organizationId
            {'type':'account','accountId':'a','organizationId':'\\u200b'}       | organizationId
            {'type':'organization','organizationId':'o','traits':''}            | traits
            {'type':'track','userId':'u','accountId':'','event':'e'}            | accountId
            {'type':'unlink','userId':'u','accountId':'a','traits':''}          | traits
            {'type':'customobjectinstance','externalId':'x','customObjectId':'0f8fad5b-d9cb-469f-a165-70867728950e','accountId':'a','name':''} | name
            """)
    void aBlankTextIsAsGoodAsNoneWhereNothingHasToStand(String candidate, String field) throws ContractException {
        // When
        JsonNode posted = posted(admit(candidate));

        // Then
        assertThat(posted.has(field)).isFalse();
    }

    @Test
    void aBlankTimestampAndMessageIdAreStampedAsAbsentOnesAre() throws ContractException {
        // Given
        String absent = "{'type':'track','userId':'u','event':'e','properties':{'k':1}";

        // When
        Message blank = admit(absent + ",'messageId':'','timestamp':' '}");

        // Then
        assertThat(blank.json()).isEqualTo(admit(absent + "}").json());
    }

    @Test
    void fieldsAreWrittenInOneOrderWhateverTheirOrderInTheCandidate() throws ContractException {
        // Given
        JsonNode candidate = candidate("{'traits':{'b':1,'a':2},'name':'n','customObjectId':'" + UUID
                + "','externalId':'x','organizationId':'o','accountId':'a','timestamp':'2018-05-15','messageId':'m',"
                + "'type':'customobjectinstance'}");

        // When
        String json = new String(CONTRACT.admit(candidate, STAMP).json(), UTF_8);

        // Then
        assertThat(json.replace('"', '\''))
                .isEqualTo("{'type':'customobjectinstance','messageId':'m','timestamp':'2018-05-15T00:00:00.000Z',"
                        + "'accountId':'a','organizationId':'o','externalId':'x','customObjectId':'" + UUID
                        + "','name':'n','traits':{'b':1,'a':2}}");
    }
}

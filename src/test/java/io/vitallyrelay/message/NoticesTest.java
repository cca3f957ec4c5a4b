package io.vitallyrelay.message;

import static io.vitallyrelay.message.Candidates.NOW;
import static io.vitallyrelay.message.Candidates.ORIGIN;
import static io.vitallyrelay.message.Candidates.candidate;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is admitted, and told of. */
class NoticesTest {
    private static final String USER = "{'type':'user','userId':'u','accountId':'a'";
    private static final String OBJECT = "{'type':'customobjectinstance','accountId':'a','externalId':";

    private final List<String> told = new ArrayList<>();
    private final Contract contract = new Contract(
            ContractRules.strict(32768), InstantSource.fixed(Instant.parse(NOW)), (notice, count, detail, origin) -> {
                assertThat(origin).isEqualTo(ORIGIN);
                told.add(notice + " " + count + (detail.isEmpty() ? "" : " " + detail));
            });

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'type':'account','accountId':'a'}",
                "{'type':'account','accountId':'a','traits':null}",
                "{'type':'account','accountId':'a','traits':{}}",
                "{'type':'account','accountId':'a','traits':{'plan':'free'}}",
                "{'type':'account','accountId':'a','traits':{'name':''}}",
                "{'type':'account','accountId':'a','traits':{'name':'\\u200b '}}"
            })
    void anAccountWithoutAName(String account) throws ContractException {
        // When
        admit(account, NullPolicy.OMIT);

        // Then
        assertThat(told).containsExactly("NAMELESS_ACCOUNT 1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'type':'account','accountId':'a','traits':{'name':'Acme'}}",
                "{'type':'account','accountId':'a','traits':{'name':17}}",
                USER + ",'traits':{'plan':'free'}}",
                USER + ",'organizationId':'','messageId':'','timestamp':'','name':''}",
                USER + ",'organizationId':'nullable'}",
                USER + ",'organizationId':'00'}",
                USER + ",'event':null,'traits':{'a':[null]}}",
                USER + ",'traits':{'userId':'undefined','name':''}}",
                USER + ",'timestamp':'1971-01-01T00:00:00.000Z'}",
                USER + ",'timestamp':'2027-12-31T23:59:59.999Z'}"
            })
    void notWhatIsUsual(String usual) throws ContractException {
        // When
        admit(usual, null);

        // Then
        assertThat(told).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {'type':'user','accountId':'a','userId':'undefined'}       | userId "undefined"
            {'type':'user','accountId':'a','userId':'[object Object]'} | userId "[object Object]"
            {'type':'user','accountId':'a','userId':'null'}            | userId "null"
            {'type':'user','accountId':'a','userId':'NULL'}            | userId "NULL"
            {'type':'user','accountId':'a','userId':' null '}          | userId " null "
            {'type':'user','accountId':'a','userId':'NaN'}             | userId "NaN"
            {'type':'user','accountId':'a','userId':'None'}            | userId "None"
            {'type':'user','accountId':'a','userId':'nil'}             | userId "nil"
            {'type':'user','accountId':'a','userId':'(null)'}          | userId "(null)"
            {'type':'user','accountId':'a','userId':'\\\\N'}           | userId "\\N"
            {'type':'user','accountId':'a','userId':'N/A'}             | userId "N/A"
            {'type':'user','accountId':'a','userId':'-'}               | userId "-"
            {'type':'user','accountId':'a','userId':0}                 | userId "0"
            {'type':'user','accountId':'a','userId':'0'}               | userId "0"
            {'type':'user','accountId':'a','userId':-1}                | userId "-1"
            {'type':'user','accountId':'a','userId':'00000000-0000-0000-0000-000000000000'} | userId "00000000-0000-0000-0000-000000000000"
            {'type':'user','userId':'u','accountId':'undefined'}       | accountId "undefined"
            {'type':'organization','organizationId':'None'}            | organizationId "None"
            {'type':'user','userId':'u','accountId':'a','messageId':'undefined'} | messageId "undefined"
            {'type':'customobjectinstance','accountId':'a','externalId':'n/a','customObjectId':'0f8fad5b-d9cb-469f-a165-70867728950e'} | externalId "n/a"
            {'type':'customobjectinstance','accountId':'a','externalId':'x','customObjectId':'00000000-0000-0000-0000-000000000000'} | customObjectId "00000000-0000-0000-0000-000000000000"
            """)
    void anIdThatProgramsWriteWhereTheyHaveNone(String candidate, String detail) throws ContractException {
        // When
        admit(candidate, NullPolicy.OMIT);

        // Then
        assertThat(told).containsExactly("UNLIKELY_ID 1 " + detail);
    }

    @ParameterizedTest
    @CsvSource({
        "'1970-01-01', 1970-01-01T00:00:00.000Z",
        "'1970-01-18T16:00:25.123Z', 1970-01-18T16:00:25.123Z",
        "'9999-12-31T23:59:59.999Z', 9999-12-31T23:59:59.999Z",
        "'2099-12-31', 2099-12-31T00:00:00.000Z",
        "'2028-01-01T00:00:00.000Z', 2028-01-01T00:00:00.000Z",
        "9999999999, 2286-11-20T17:46:39.000Z"
    })
    void aTimestampOf1970OrBehindTheNextYear(String given, String timestamp) throws ContractException {
        // When
        admit(USER + ",'timestamp':" + (given.contains("-") ? "'" + given + "'" : given) + "}", NullPolicy.OMIT);

        // Then
        assertThat(told).containsExactly("UNLIKELY_TIMESTAMP 1 " + timestamp);
    }

    @Test
    void nullsThatAreLeftOutWhereTheRouteSaysNothingOfThem() throws ContractException {
        // When
        admit(USER + ",'traits':{'n':'x','gone':null,'deep':{'x':null}}}", null);

        // Then
        assertThat(told).containsExactly("NULL_LEFT_OUT 2");
    }

    @Test
    void noNullsWhereTheRouteSaysWhatBecomesOfThem() throws ContractException {
        // When
        admit(USER + ",'traits':{'n':'x','gone':null}}", NullPolicy.OMIT);

        // Then
        assertThat(told).isEmpty();
    }

    @Test
    void nothingOfWhatIsRefused() {
        // When
        Throwable refusal = catchThrowable(() ->
                admit(OBJECT + "'null','customObjectId':'x','timestamp':'1970-01-01','traits':{'a':null}}", null));

        // Then
        assertThat(refusal).isInstanceOf(ContractException.class);
        assertThat(told).isEmpty();
    }

    private void admit(String singleQuoted, NullPolicy nulls) throws ContractException {
        contract.admit(candidate(singleQuoted), new Stamp(null, nulls, ORIGIN, 0));
    }
}

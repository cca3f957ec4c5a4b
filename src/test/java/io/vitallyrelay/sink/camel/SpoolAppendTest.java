package io.vitallyrelay.sink.camel;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vitallyrelay.source.camel.SourceRoutes;
import io.vitallyrelay.spool.Content;
import io.vitallyrelay.spool.DeadLetterCode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.camel.CamelExecutionException;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class SpoolAppendTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path folder;

    private SourceRoutes routes;

    @BeforeEach
    void open() throws Exception {
        routes = new SourceRoutes(folder);
    }

    @AfterEach
    void close() {
        routes.close();
    }

    static Stream<Arguments> bodies() throws Exception {
        String one = "{\"type\":\"user\",\"userId\":\"u0\",\"accountId\":\"a\"}";
        String other = "{\"type\":\"user\",\"userId\":\"u1\",\"accountId\":\"a\"}";
        String array = "[" + one + "," + other + "]";
        return Stream.of(
                Arguments.of("a JSON object", JSON.readTree(one), 1),
                Arguments.of("a JSON array", JSON.readTree(array), 2),
                Arguments.of("an empty JSON array", JSON.readTree("[]"), 0),
                Arguments.of("a list of JSON objects", List.of(JSON.readTree(one), JSON.readTree(other)), 2),
                Arguments.of("a list of everything", List.of(JSON.readTree(one), other), 2),
                Arguments.of("a list with a null in it", new ArrayList<>(Arrays.asList(JSON.readTree(one), null)), 1),
                Arguments.of("a map", Map.of("type", "user", "userId", "u0", "accountId", "a"), 1),
                Arguments.of("text", one, 1),
                Arguments.of("text of an array", array, 2),
                Arguments.of("bytes", array.getBytes(UTF_8), 2),
                Arguments.of("nothing", null, 0));
    }

    @ParameterizedTest(name = "{0} gives {2}")
    @MethodSource("bodies")
    void takesBodiesOfAllKinds(String kind, Object body, int messages) throws Exception {
        // Given
        routes.start(append("spool:append"));

        // When
        send(body);

        // Then
        assertThat(users()).isEqualTo(List.of("u0", "u1").subList(0, messages));
    }

    @Test
    void countsARecordThatTheMappingDroppedAsSkipped() throws Exception {
        // Given
        routes.start(append("spool:append"));

        // When
        send(null);

        // Then
        assertThat(routes.spool.units()).singleElement().satisfies(unit -> {
            assertThat(unit.skipped()).isEqualTo(1);
            assertThat(unit.read()).isZero();
        });
    }

    @Test
    void addsItsTypeWhereARecordNamesNone() throws Exception {
        // Given
        routes.start(append("spool:append?type=organization"));

        // When
        send("{\"organizationId\":1}");

        // Then
        assertThat(JSON.readTree(routes.pending().get(0)).get("type").textValue())
                .isEqualTo("organization");
    }

    @ParameterizedTest(name = "nulls={0}")
    @CsvSource(
            delimiter = '|',
            value = {"omit | {}", "send | {\"a\":null}", "Send | {\"a\":null}"})
    void omitsOrSendsNulls(String nulls, String traits) throws Exception {
        // Given
        routes.start(append("spool:append?nulls=" + nulls));

        // When
        send("{\"type\":\"organization\",\"organizationId\":\"o\",\"traits\":{\"a\":null}}");

        // Then
        assertThat(JSON.readTree(routes.pending().get(0)).get("traits")).isEqualTo(JSON.readTree(traits));
    }

    @ParameterizedTest
    @ValueSource(strings = {"spool:append", "spool:append?nulls="})
    void leavesItToTheContractWhatBecomesOfNulls(String uri) throws Exception {
        // Given
        routes.start(append(uri));

        // When
        send("{\"type\":\"organization\",\"organizationId\":\"o\",\"traits\":{\"a\":null,\"b\":{\"c\":null}}}");

        // Then
        assertThat(JSON.readTree(routes.pending().get(0)).get("traits")).isEqualTo(JSON.readTree("{\"b\":{}}"));
        assertThat(routes.warnings).singleElement().asString().startsWith("orders: 2 trait(s) and properties left out");
    }

    @ParameterizedTest(name = "{1}")
    @MethodSource("pairs")
    void warnsOfOneMessageIdForTwoMessagesOfARecord(Object body, String what, int warnings) throws Exception {
        // Given
        routes.start(append("spool:append"));

        // When
        send(body);

        // Then
        assertThat(routes.pending()).hasSize(2);
        assertThat(routes.warnings)
                .hasSize(warnings)
                .allSatisfy(warning -> assertThat(warning)
                        .startsWith(
                                "orders: 1 message(s) with the messageId of another one of the same record so far, the last"
                                        + " from direct://orders, "));
    }

    static Stream<Arguments> pairs() throws Exception {
        String one = "{\"type\":\"track\",\"userId\":\"u\",\"event\":\"e1\",\"messageId\":\"m-7\"}";
        String other = one.replace("e1", "e2");
        return Stream.of(
                Arguments.of(JSON.readTree("[" + one + "," + other + "]"), "an array of two", 1),
                Arguments.of("[" + one + ",[" + other + "]]", "an array in an array", 1),
                Arguments.of(List.of(JSON.readTree(one), JSON.readTree(other)), "a list of two", 1),
                Arguments.of("[" + one + "," + one + "]", "the same message twice", 0),
                Arguments.of("[" + one + "," + other.replace("m-7", "m-8") + "]", "two ids", 0),
                Arguments.of("[" + one + "," + other.replace("\"m-7\"", "\"\"") + "]", "one without an id", 0));
    }

    @ParameterizedTest(name = "{0} is refused")
    @CsvSource(
            delimiter = '|',
            value = {
                "spool:append?nulls=keep | nulls=keep: must be omit or send",
                "spool:append?null=omit | null=omit",
                "spool:remove | spool:remove: must be append",
                "spool:append?type=acount | type=acount: must be one of",
                "records:open?integration=i&format=xml | format=xml: must be csv, json-lines or json-array",
                "records:open?integration=i | format=: must be csv, json-lines or json-array",
                "records:open?format=csv | integration= is missing",
                "records:open?integration=i&format=csv&charset=utf-99 | charset=utf-99: must be a character set",
                "records:open?integration=i&format=csv&delimiter=;; | delimiter=;;: must be one ASCII character",
                "records:open?integration=i&format=csv&atOnce=0 | atOnce=0: must be at least 1",
                "records:opne | records:opne: must be open or close",
            })
    void refusesParametersThatAreWrongAtTheStart(String uri, String reason) {
        assertThatThrownBy(() -> routes.start(append(uri)))
                .satisfies(thrown -> assertThat(messages(thrown)).contains(reason));
    }

    @Test
    void cannotBeReadFrom() {
        assertThatThrownBy(() -> routes.start(new RouteBuilder() {
                    @Override
                    public void configure() {
                        from("spool:append").to("log:x");
                    }
                }))
                .satisfies(thrown -> assertThat(messages(thrown)).contains("cannot stand in 'from'"));
    }

    @Test
    void takesAllMessagesOfARecordOrNone() throws Exception {
        // Given
        routes.start(append("spool:append"));

        // When
        JsonNode record =
                JSON.readTree("[{\"type\":\"organization\",\"organizationId\":\"o\"},{\"type\":\"nonsense\"}]");
        assertThatThrownBy(() -> send(record)).isInstanceOf(CamelExecutionException.class);

        // Then
        assertThat(routes.pending()).isEmpty();
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(classes = {JsonNode.class, List.class})
    void makesARefusedRecordOneDeadLetter(Class<?> kind) throws Exception {
        // Given
        routes.withDeadLetters().start(append("spool:append"));
        String record = "[{\"type\":\"organization\",\"organizationId\":\"o\"},{\"type\":\"nonsense\"}]";

        // When
        send(JSON.readValue(record, kind));

        // Then
        assertThat(routes.pending()).isEmpty();
        assertThat(routes.spool.deadLetters()).singleElement().satisfies(letter -> {
            assertThat(new String(letter.content().bytes(), StandardCharsets.UTF_8))
                    .isEqualTo(record);
            assertThat(letter.refusal().code()).isEqualTo(DeadLetterCode.CONTRACT);
            assertThat(letter.content().form()).isEqualTo(Content.Form.RECORD);
            assertThat(letter.refusal().reason()).contains("must be one of").contains("nonsense");
            assertThat(letter.origin().integration()).isEqualTo("orders");
            assertThat(letter.origin().unit()).isEqualTo("direct://orders");
        });
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "{'userId':'u0'} {'userId':'u1'}    | more than one JSON value",
                "{'userId':'u0'} garbage            | more than one JSON value",
                "{'userId':'u0','userId':'u1'}      | a key stands twice in one object",
                "{'userId':'u0'}\u2400              | contains a NUL at character 16",
                "garbage                            | not JSON: 'garbage' is no value",
                "''                                 | not JSON: there is no value",
            })
    void readsATextByTheRuleOfJsonLines(String body, String reason) throws Exception {
        // Given
        routes.withDeadLetters().start(append("spool:append?type=user"));

        // When
        send(body.replace("''", "").replace('\'', '"').replace('\u2400', '\0'));

        // Then
        assertThat(routes.pending()).isEmpty();
        assertThat(routes.spool.deadLetters())
                .extracting(letter -> letter.refusal().reason())
                .containsExactly(reason);
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"text", "bytes"})
    void keepsEveryDigitOfAText(String kind) throws Exception {
        // Given
        routes.start(append("spool:append?type=account"));
        String account = "{\"accountId\":\"TB5\",\"organizationId\":\"o\",\"traits\":{\"v\":0.1234567890123456789}}";

        // When
        send(kind.equals("text") ? account : account.getBytes(UTF_8));

        // Then
        assertThat(routes.pending()).singleElement().asString().contains("0.1234567890123456789");
    }

    static Stream<Arguments> badElements() {
        String large = "{\"userId\":\"u\",\"accountId\":\"a\",\"traits\":{\"a\":\"" + "x".repeat(1000) + "\"}}";
        return Stream.of(
                Arguments.of("{\"type\":\"nonsense\"}", DeadLetterCode.CONTRACT, Content.Form.RECORD),
                Arguments.of("{\"userId\":1,\"userId\":2}", DeadLetterCode.CONTRACT, Content.Form.RAW),
                Arguments.of("[{\"userId\":\"u\"},{}]", DeadLetterCode.CONTRACT, Content.Form.RECORD),
                Arguments.of(large, DeadLetterCode.TOO_LARGE, Content.Form.RECORD));
    }

    @ParameterizedTest(name = "{0}: {1}, {2}")
    @MethodSource("badElements")
    void losesOneElementOfATextAndNotItsNeighbours(String bad, DeadLetterCode code, Content.Form form)
            throws Exception {
        // Given
        routes.withDeadLetters().start(append("spool:append?type=user"));
        String body = IntStream.rangeClosed(1, 100)
                .mapToObj(i -> i == 51 ? bad : "{\"userId\":\"u" + i + "\",\"accountId\":\"a\"}")
                .collect(Collectors.joining(",", "[", "]"));

        // When
        send(body);

        // Then
        assertThat(users()).hasSize(99).doesNotContain("u51");
        assertThat(routes.spool.deadLetters()).singleElement().satisfies(letter -> {
            assertThat(new String(letter.content().bytes(), UTF_8)).isEqualTo(bad);
            assertThat(letter.origin().position()).endsWith(", element 51");
            assertThat(letter.refusal().code()).isEqualTo(code);
            assertThat(letter.content().form()).isEqualTo(form);
        });
    }

    @Test
    void makesTextThatIsNoJsonADeadLetter() throws Exception {
        // Given
        routes.withDeadLetters().start(append("spool:append"));

        // When
        send("{broken");

        // Then
        assertThat(routes.spool.deadLetters()).singleElement().satisfies(letter -> {
            assertThat(letter.refusal().code()).isEqualTo(DeadLetterCode.CONTRACT);
            assertThat(letter.content().form()).isEqualTo(Content.Form.RAW);
            assertThat(new String(letter.content().bytes(), UTF_8)).isEqualTo("{broken");
        });
    }

    @Test
    void passesOnThatTheSpoolCloses() throws Exception {
        // Given
        routes.withDeadLetters().start(append("spool:append"));
        routes.spool.close();

        // When
        assertThatThrownBy(() -> send("{\"type\":\"organization\",\"organizationId\":\"o\"}"))
                // Then
                .hasRootCauseMessage("the spool is closed");
    }

    private void send(Object body) {
        try (var producer = routes.camel.createProducerTemplate()) {
            producer.sendBody("direct:orders", body);
        } catch (java.io.IOException e) {
            throw new AssertionError(e);
        }
    }

    private List<String> users() throws Exception {
        List<String> users = new ArrayList<>();
        for (String message : routes.pending()) {
            JsonNode user = JSON.readTree(message);
            users.add(user.get("userId").textValue());
        }
        return users;
    }

    private static String messages(Throwable thrown) {
        StringBuilder messages = new StringBuilder();
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            messages.append(cause.getMessage()).append('\n');
        }
        return messages.toString();
    }

    private static RouteBuilder append(String uri) {
        return new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:orders").routeId("orders").to(uri);
            }
        };
    }
}

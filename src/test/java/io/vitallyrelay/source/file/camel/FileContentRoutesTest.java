package io.vitallyrelay.source.file.camel;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vitallyrelay.source.camel.SourceRoutes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.camel.model.Model;
import org.apache.camel.spi.Resource;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of a file's content in the routes that are shipped, and in routes of YAML. */
@Timeout(60)
class FileContentRoutesTest {
    private static final String ACCOUNTS = "account_id,name,organization_id,plan,mrr,seats,renewal_date\n";

    @TempDir
    Path data;

    private SourceRoutes routes;

    @BeforeEach
    void open() throws Exception {
        routes = new SourceRoutes(data).withDeadLetters();
        routes.camel.getPropertiesComponent().addOverrideProperty("relay.routes", "routes");
        routes.camel
                .getCamelContextExtension()
                .getContextPlugin(Model.class)
                .addModelLifecycleStrategy(new ControlCharacters());
    }

    @AfterEach
    void close() {
        routes.close();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "account_id,name,organization_id,Plan,mrr,seats,renewal_date | column plan is missing; there is \"Plan\"",
                "account_id,name,organization_id,mrr,seats,renewal_date      | column plan is missing",
                "account_id,name,organization_id,pl\u200ban,mrr,seats,renewal_date | an invisible character (U+200B)",
            })
    void refusesAccountsWithoutTheColumnThatTellsInternalOnes(String header, String reason) throws Exception {
        // Given
        start(shipped("accounts-csv"));

        // When
        arrive("accounts-csv", "a.csv", header + "\nHC1,Training,,Internal,0,5,\nA2,x,,Internal,0,5,\n");

        // Then
        awaitFile("accounts-csv/.failed/a.csv");
        assertThat(routes.pending()).isEmpty();
        assertThat(reasons()).singleElement().asString().contains(reason);
    }

    @ParameterizedTest(name = "{0}, {1}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\'',
            value = {
                "'account_id,name,organization_id,plan ,mrr,seats,renewal_date'       | 'Internal'",
                "'account_id,name,organization_id,plan\u200b,mrr,seats,renewal_date'  | 'Internal'",
                "'\uFEFF\uFEFFaccount_id,name,organization_id,plan,mrr,seats,renewal_date' | 'Internal'",
                "'account_id,name,organization_id,plan,mrr,seats,renewal_date'        | 'Internal '",
                "'account_id,name,organization_id,plan,mrr,seats,renewal_date'        | ' internal'",
            })
    void sendsNoInternalAccount(String header, String plan) throws Exception {
        // Given
        start(shipped("accounts-csv"));

        // When
        arrive("accounts-csv", "a.csv", header + "\nI1,Training,," + plan + ",0,5,\nA2,Acme,,Team ,1,2,\n");

        // Then
        awaitFile("accounts-csv/.done/a.csv");
        assertThat(ids("accountId")).containsExactly("A2");
        assertThat(reasons()).isEmpty();
    }

    @Test
    void readsAccountsInLinesThatEndInACarriageReturn() throws Exception {
        // Given
        start(shipped("accounts-csv"));

        // When
        arrive("accounts-csv", "cr.csv", ACCOUNTS.replace('\n', '\r') + "C1,Acme,,Team,1,2,\rC2,Beta,,Team,1,2,\r");

        // Then
        awaitFile("accounts-csv/.done/cr.csv");
        assertThat(ids("accountId")).containsExactly("C1", "C2");
    }

    @Test
    void movesNobodyByAHeaderThatStandsAgain() throws Exception {
        // Given
        start(shipped("user-moves-csv"));
        String header = "user_id,email,name,account_id,previous_account_id\n";

        // When
        arrive("user-moves-csv", "m.csv", header + "u1,a@example.com,A,1,\n" + header + "u2,b@example.com,B,2,\n");

        // Then
        awaitFile("user-moves-csv/.done/m.csv");
        assertThat(ids("userId")).containsExactly("u1", "u2");
        assertThat(reasons()).containsExactly("the header again");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "`# exported 2026-01-01\\nid,v\\nA1,1\\nA2,2\\n` | no row fits the header, which is \"# exported 2026-01-01\"",
                "`   \\nid,v\\nA1,1\\nA2,2\\n`                   | column 1 has no name in the header",
                "`%PDF-1.7\\nx\\n`                               | the file is no text but a PDF",
            })
    void makesAFileOfNothingButBadRowsOneDeadLetter(String content, String reason) throws Exception {
        // Given
        start(csv("delimiter: ','"));

        // When
        arrive("organizations", "o.csv", content.replace("\\n", "\n"));

        // Then
        awaitFile("organizations/.failed/o.csv");
        assertThat(routes.pending()).isEmpty();
        assertThat(reasons()).singleElement().asString().contains(reason);
    }

    @ParameterizedTest(name = "delimiter: {0}")
    @ValueSource(strings = {"\"\\u0001\"", "'\\u0001'", "\\u0001", "\"\\x01\""})
    void takesAControlCharacterForDelimiterHoweverYamlWritesIt(String delimiter) throws Exception {
        // Given
        start(csv("delimiter: " + delimiter));

        // When
        arrive("organizations", "h.csv", "type\u0001organizationId\norganization\u0001H1\n");

        // Then
        awaitFile("organizations/.done/h.csv");
        assertThat(ids("organizationId")).containsExactly("H1");
    }

    @ParameterizedTest(name = "delimiter: {0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"\\u0000\" | delimiter=\\u0000: must be one ASCII character",
                "'ab'        | delimiter=ab: must be one ASCII character",
                "\"\\u00a7\" | delimiter=\u00a7: must be one ASCII character",
                "'\"'        | delimiter and quote must be two different"
            })
    void namesADelimiterThatCannotBeOneAtTheStart(String delimiter, String reason) {
        assertThatThrownBy(() -> start(csv("delimiter: " + delimiter)))
                .satisfies(thrown -> assertThat(chain(thrown)).contains(reason));
    }

    @Test
    void readsReadyMadeMessagesFromAnArrayOfJson() throws Exception {
        // Given
        String yaml = Files.readString(Path.of("routes/messages/messages.camel.yaml"));
        start(resource(yaml.substring(0, yaml.indexOf("# The same"))));

        // When
        arrive(
                "messages",
                "vendor.json",
                "[{\"type\":\"organization\",\"organizationId\":\"o1\"},\n{},{\"type\":\"organization\",\"organizationId\":\"o2\"}]\n");

        // Then
        awaitFile("messages/.done/vendor.json");
        assertThat(ids("organizationId")).containsExactly("o1", "o2");
        assertThat(routes.spool.deadLetters())
                .singleElement()
                .satisfies(letter -> assertThat(letter.origin().position()).isEqualTo("element 2"));
    }

    @ParameterizedTest(name = "{0}, {1} at once")
    @CsvSource({
        "json-lines-files-source, 1, 'line 2, element 21'",
        "json-lines-files-source, 100, 'line 2, element 21'",
        "json-array-files-source, 1, 'element 2, element 21'"
    })
    void losesOneElementAndNotItsNeighbours(String kamelet, int atOnce, String position) throws Exception {
        // Given
        start(resource(route(kamelet, atOnce == 1 ? "charset: UTF-8" : "atOnce: " + atOnce)));
        StringBuilder array = new StringBuilder("[");
        for (int i = 1; i <= 30; i++) {
            array.append(i == 1 ? "" : ",")
                    .append(i == 21 ? "{\"type\":\"nonsense\"}" : "{\"organizationId\":\"o" + i + "\"}");
        }
        String one = "{\"organizationId\":\"o0\"}";

        // When
        boolean lines = kamelet.equals("json-lines-files-source");
        arrive(
                "organizations",
                lines ? "o.jsonl" : "o.json",
                lines ? one + "\n" + array + "]\n" : "[" + one + "," + array + "]]");

        // Then
        awaitFile("organizations/.done/" + (lines ? "o.jsonl" : "o.json"));
        assertThat(ids("organizationId")).hasSize(30).doesNotContain("o21");
        assertThat(routes.spool.deadLetters())
                .singleElement()
                .satisfies(letter -> assertThat(letter.origin().position()).isEqualTo(position));
    }

    private static Resource shipped(String integration) throws IOException {
        return resource(Files.readString(Path.of("routes/" + integration + "/" + integration + ".camel.yaml")));
    }

    private static Resource csv(String parameter) {
        return resource(route("csv-files-source", parameter));
    }

    private static String route(String kamelet, String parameter) {
        return """
                - route:
                    id: organizations
                    from:
                      uri: kamelet:%s
                      parameters:
                        integration: organizations
                        %s
                      steps:
                        - to:
                            uri: kamelet:vitally-sink
                            parameters:
                              type: organization
                """.formatted(kamelet, parameter);
    }

    /** Looks often, so that tests need not wait. */
    private static Resource resource(String yaml) {
        String often = yaml.replaceFirst("( *)integration:", "$1settled: 10\n$1delay: 20\n$1integration:");
        return ResourceHelper.fromBytes("test.camel.yaml", often.getBytes(UTF_8));
    }

    private void start(Resource resource) throws Exception {
        PluginHelper.getRoutesLoader(routes.camel).loadRoutes(resource);
        routes.camel.start();
    }

    private void arrive(String integration, String name, String content) throws IOException {
        Path elsewhere = Files.writeString(data.resolve(name), content);
        Files.move(
                elsewhere,
                Files.createDirectories(data.resolve("inbox/" + integration)).resolve(name));
    }

    private void awaitFile(String name) {
        await().atMost(Duration.ofSeconds(20))
                .until(() -> Files.exists(data.resolve("inbox").resolve(name)));
    }

    private List<String> ids(String field) throws Exception {
        List<String> ids = new ArrayList<>();
        for (String message : routes.pending()) {
            JsonNode id = new ObjectMapper().readTree(message).get(field);
            ids.add(id.textValue());
        }
        return ids;
    }

    private List<String> reasons() {
        return routes.spool.deadLetters().stream()
                .map(letter -> letter.refusal().reason())
                .toList();
    }

    private static String chain(Throwable thrown) {
        StringBuilder messages = new StringBuilder();
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            messages.append(cause.getMessage()).append('\n');
        }
        return messages.toString();
    }
}

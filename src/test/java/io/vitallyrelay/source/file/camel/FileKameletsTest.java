package io.vitallyrelay.source.file.camel;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vitallyrelay.LoggedLines;
import io.vitallyrelay.source.camel.RecordOutcome;
import io.vitallyrelay.source.camel.SourceRoutes;
import io.vitallyrelay.source.file.InboxInUseException;
import io.vitallyrelay.source.file.InboxLocks;
import io.vitallyrelay.spool.Spool;
import io.vitallyrelay.spool.UnitCounts;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class FileKameletsTest {
    private static final String LINES =
            "{\"organizationId\":\"o1\"}\n{\"organizationId\":\"o2\"}\n{\"organizationId\":\"o3\"}\n";
    private static final Processor NOTHING = exchange -> {};

    @TempDir
    Path data;

    private Path inbox;
    private SourceRoutes routes;
    private LoggedLines log;

    @BeforeEach
    void open() throws Exception {
        log = new LoggedLines("io.vitallyrelay.source");
        inbox = Files.createDirectories(data.resolve("inbox/organizations"));
        routes = new SourceRoutes(data);
    }

    @AfterEach
    void close() {
        routes.close();
        log.close();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "csv-files-source        |                | o.csv       | organizationId\\no1\\no2\\n",
                "csv-files-source        | &delimiter=tab | o.tsv       | organizationId\\ttraits\\no1\\t\\no2\\t\\n",
                "json-lines-files-source |                | o.jsonl     | {\"organizationId\":\"o1\"}\\n{\"organizationId\":\"o2\"}",
                "json-lines-files-source | &atOnce=10     | o.ndjson    | {\"organizationId\":\"o1\"}\\n{\"organizationId\":\"o2\"}",
                "json-array-files-source |                | o.json      | [{\"organizationId\":\"o1\"},{\"organizationId\":\"o2\"}]",
            })
    void movesAFileWhenItsRowsAreInTheSpool(String kamelet, String parameters, String name, String content)
            throws Exception {
        // Given
        start(kamelet, parameters == null ? "" : parameters, exchange -> {
            Object row = exchange.getMessage().getBody();
            if (row instanceof ObjectNode object) {
                object.remove("traits");
            }
        });

        // When
        arrive(name, content.replace("\\n", "\n").replace("\\t", "\t"));

        // Then
        awaitFile(".done/" + name);
        assertThat(inbox.resolve(name)).doesNotExist();
        assertThat(organizations()).containsExactly("o1", "o2");
    }

    @Test
    void keepsAFileOfTheSameNameThatWasDoneBefore() throws Exception {
        // Given
        Files.createDirectories(inbox.resolve(".done"));
        Files.writeString(inbox.resolve(".done/o.jsonl.gz"), "before");
        Files.writeString(inbox.resolve(".done/o.jsonl"), "before");
        start("json-lines-files-source", "", NOTHING);

        // When
        arrive("o.jsonl", LINES);

        // Then
        awaitFile(".done/o-20260131T120000.500Z.jsonl");
        assertThat(inbox.resolve(".done/o.jsonl")).hasContent("before");
    }

    @Test
    void movesAFileThatCannotBeReadToTheFailedOnes() throws Exception {
        // Given
        start("json-lines-files-source", "", NOTHING);

        // When
        arrive("o.jsonl.gz", "no gzip");

        // Then
        awaitFile(".failed/o.jsonl.gz");
        assertThat(routes.spool.deadLetters()).hasSize(1);
    }

    @Test
    void movesAnEmptyFile() throws Exception {
        // Given
        start("json-lines-files-source", "", NOTHING);

        // When
        arrive("o.jsonl", "");

        // Then
        awaitFile(".done/o.jsonl");
    }

    @Test
    void makesARowThatFailsInTheRouteADeadLetter() throws Exception {
        // Given
        routes.withDeadLetters();
        start("json-lines-files-source", "", failsAt("o2"));

        // When
        arrive("o.jsonl", LINES);

        // Then
        awaitFile(".done/o.jsonl");
        assertThat(organizations()).containsExactly("o1", "o3");
        assertThat(routes.spool.deadLetters()).singleElement().satisfies(letter -> {
            assertThat(letter.refusal().reason()).isEqualTo("broken on purpose");
            assertThat(letter.origin().integration()).isEqualTo("organizations");
            assertThat(letter.origin().position()).isEqualTo("line 2");
            assertThat(new String(letter.content().bytes(), UTF_8)).isEqualTo("{\"organizationId\":\"o2\"}");
        });
    }

    @ParameterizedTest(name = "{0} at once")
    @ValueSource(ints = {1, 10})
    void makesARowThatTheContractRefusesADeadLetter(int atOnce) throws Exception {
        // Given
        routes.withDeadLetters();
        start("json-lines-files-source", "&atOnce=" + atOnce, NOTHING);

        // When
        arrive("o.jsonl", LINES.replace("\"o2\"", "{}"));

        // Then
        awaitFile(".done/o.jsonl");
        assertThat(organizations()).containsExactly("o1", "o3");
        assertThat(routes.spool.deadLetters())
                .singleElement()
                .satisfies(letter -> assertThat(letter.refusal().reason()).contains("organizationId"));
    }

    static Stream<Arguments> deadRecords() {
        String large = "{\"organizationId\":\"o2\",\"traits\":{\"a\":\"" + "x".repeat(1000) + "\"}}";
        return Stream.of(
                dead("csv", "organizationId,plan\no2,Pro\n", "CONTRACT RECORD {'organizationId':'o2','plan':'Pro'}"),
                dead("csv", "organizationId,plan\nbad,Pro\n", "MAPPING RECORD {'organizationId':'bad','plan':'Pro'}"),
                dead("csv", "organizationId\no1\no2,Pro\n", "MALFORMED RAW o2,Pro"),
                dead("csv", "organizationId\no1\n" + "x".repeat(4001) + "\n", "TOO_LARGE RAW " + "x".repeat(4001)),
                dead(
                        "csv",
                        "organizationId\no1\n" + "x".repeat(70_000) + "\n",
                        "TOO_LARGE RAW " + "x".repeat(64 * 1024) + " cut"),
                dead("json-lines", "{\"organizationId\":{}}", "CONTRACT RECORD {'organizationId':{}}"),
                dead("json-lines", "{\"organizationId\": \"bad\"}", "MAPPING RECORD {'organizationId':'bad'}"),
                dead("json-lines", "[{\"organizationId\":{}}]", "CONTRACT RECORD {'organizationId':{}}"),
                dead("json-lines", "{\"organizationId\":", "MALFORMED RAW {'organizationId':"),
                dead("json-lines", large, "TOO_LARGE RECORD " + large),
                dead("json-array", "[{\"organizationId\":{}}]", "CONTRACT RECORD {'organizationId':{}}"),
                dead("json-array", "[nil]", "MALFORMED RAW nil"),
                dead(
                        "json-array",
                        "[\"" + "x".repeat(70_000) + "\"]",
                        "TOO_LARGE RAW \"" + "x".repeat(SourceRoutes.RECORD_BYTES) + " cut"));
    }

    private static Arguments dead(String format, String content, String letter) {
        return Arguments.of(format, content, letter.replace('\'', '"'));
    }

    @ParameterizedTest(name = "{0}, {index}")
    @MethodSource("deadRecords")
    void saysByACodeWhyARecordIsDeadAndKeepsWhatItsMappingSaw(String format, String content, String letter)
            throws Exception {
        // Given
        routes.withDeadLetters();
        String extension = format.equals("csv") ? "csv" : format.equals("json-lines") ? "jsonl" : "json";
        start(format + "-files-source", "", failsAt("bad"));

        // When
        arrive("o." + extension, content);

        // Then
        awaitFile(".done/o." + extension);
        assertThat(routes.spool.deadLetters())
                .extracting(dead -> dead.refusal().code() + " " + dead.content().form() + " "
                        + new String(dead.content().bytes(), UTF_8)
                        + (dead.content().isCut() ? " cut" : ""))
                .containsExactly(letter);
    }

    @Test
    void leavesAFileInTheInboxWhoseRowFailsAndNobodyTakesIt() throws Exception {
        // Given
        AtomicInteger failures = new AtomicInteger();
        start("json-lines-files-source", "", exchange -> {
            if (failsAt("o2", exchange)) {
                failures.incrementAndGet();
                throw new IllegalStateException("broken on purpose");
            }
        });

        // When
        arrive("o.jsonl", LINES);

        // Then
        await().until(() -> failures.get() > 1);
        assertThat(inbox.resolve("o.jsonl")).exists();
        assertThat(organizations()).containsExactly("o1");
        assertThat(routes.spool.deadLetters()).isEmpty();
    }

    @Test
    void goesOnWithTheFileWhenTheRowDoesNotFailAnyMore() throws Exception {
        // Given
        AtomicInteger failures = new AtomicInteger();
        start("json-lines-files-source", "", exchange -> {
            if (failsAt("o2", exchange) && failures.getAndIncrement() < 2) {
                throw new IllegalStateException("broken on purpose");
            }
        });

        // When
        arrive("o.jsonl", LINES);

        // Then
        awaitFile(".done/o.jsonl");
        assertThat(organizations()).containsExactly("o1", "o2", "o3");
    }

    @Test
    void finishesTheUnitOfAMovedFile() throws Exception {
        // Given
        start("json-lines-files-source", "", NOTHING);

        // When
        arrive("o.jsonl", LINES);

        // Then
        await().until(() -> routes.spool.spool().unfinished("organizations").isEmpty()
                && !routes.spool.units().isEmpty());
        assertThat(inbox.resolve(".done/o.jsonl")).exists();
    }

    @Test
    void doesNotFinishTheUnitBeforeTheFileIsMoved() throws Exception {
        // Given: a folder that is no folder keeps the file from being moved
        Files.writeString(inbox.resolve(".done"), "in the way");
        start("json-lines-files-source", "", NOTHING);

        // When
        arrive("o.jsonl", LINES);

        // Then
        await().until(() -> routes.spool.units().stream().anyMatch(unit -> unit.read() == 3));
        routes.camel.stop();
        assertThat(routes.spool.spool().unfinished("organizations"))
                .singleElement()
                .extracting(UnitCounts::read)
                .isEqualTo(3L);
        assertThat(inbox.resolve("o.jsonl")).exists();
    }

    @Test
    void namesTheRestOfAFileOnceHoweverOftenItCannotBeMoved() throws Exception {
        // Given: a folder that is no folder keeps the file from being moved
        Files.writeString(inbox.resolve(".failed"), "in the way");
        start("json-lines-files-source", "", NOTHING);
        arrive("o.jsonl.gz", "no gzip");
        await().until(() -> routes.spool.deadLetters().size() == 1);

        // When
        Files.delete(inbox.resolve(".failed"));

        // Then
        awaitFile(".failed/o.jsonl.gz");
        assertThat(routes.spool.deadLetters()).hasSize(1);
    }

    @Test
    void leavesAFileInTheInboxThatCannotBeOpened() throws Exception {
        // Given
        routes.withDeadLetters();
        AtomicInteger failures = breakSpoolForFiles();
        start("json-lines-files-source", "", NOTHING);

        // When
        arrive("o.jsonl", LINES);

        // Then
        await().until(() -> failures.get() > 1);
        assertThat(inbox.resolve("o.jsonl")).exists();
        assertThat(routes.spool.deadLetters()).isEmpty();
    }

    @Test
    void leavesAFileThatCannotBeOpenedWhereARouteReadsItWithoutAKamelet() throws Exception {
        // Given
        routes.withDeadLetters();
        AtomicInteger failures = breakSpoolForFiles();
        routes.start(new RouteBuilder() {
            @Override
            public void configure() {
                from("file:" + inbox + "?pollStrategy=#inbox&processStrategy=#inbox&delay=20")
                        .to("records:open?integration=organizations&format=json-lines");
            }
        });

        // When
        arrive("o.jsonl", LINES);

        // Then
        await().until(() -> failures.get() > 1);
        assertThat(inbox.resolve("o.jsonl")).exists();
        assertThat(routes.spool.deadLetters()).isEmpty();
    }

    @Test
    void readsNoInboxThatAnotherServiceReads() throws Exception {
        // Given
        try (InboxLocks other = new InboxLocks(data.resolve("inbox"))) {
            other.take("organizations");

            // When
            Throwable refusal = catchThrowable(() -> start("json-lines-files-source", "", NOTHING));

            // Then
            assertThat(refusal).rootCause().isInstanceOf(InboxInUseException.class);
        }
    }

    @Test
    void doesNotTakeTheLockOfItsInboxForAFileWithRecords() throws Exception {
        // Given
        start("json-lines-files-source", "&include=.*", NOTHING);

        // When
        arrive("o.jsonl", LINES);

        // Then
        await().until(() -> !Files.exists(inbox.resolve("o.jsonl")));
        assertThat(inbox.resolve(".lock")).exists();
        assertThat(routes.spool.units()).hasSize(1);
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(longs = {-3600, 3600})
    void readsAFileWhateverItsTimeSays(long seconds) throws Exception {
        // Given
        start("json-lines-files-source", "", NOTHING);
        Path elsewhere = Files.writeString(data.resolve("o.jsonl"), LINES);
        Files.setLastModifiedTime(elsewhere, FileTime.from(Instant.now().plusSeconds(seconds)));

        // When
        Files.move(elsewhere, inbox.resolve("o.jsonl"));

        // Then
        awaitFile(".done/o.jsonl");
    }

    @Test
    void readsTheFilesBesideWhatItDoesNotOpen() throws Exception {
        // Given
        Files.createSymbolicLink(inbox.resolve("a.jsonl"), Files.writeString(data.resolve("outside.jsonl"), LINES));
        Files.createSymbolicLink(inbox.resolve("b.jsonl"), Path.of("nowhere"));
        Files.createDirectory(inbox.resolve("c.jsonl"));
        new ProcessBuilder("mkfifo", inbox.resolve("d.jsonl").toString())
                .start()
                .waitFor();
        start("json-lines-files-source", "", NOTHING);

        // When
        arrive("o.jsonl", LINES);

        // Then
        awaitFile(".done/o.jsonl");
        assertThat(organizations()).containsExactly("o1", "o2", "o3");
        assertThat(inbox.resolve("a.jsonl")).isSymbolicLink();
    }

    @Test
    void readsAFileBesideWhichAnotherLeftItsLock() throws Exception {
        // Given
        start("json-lines-files-source", "", NOTHING);
        arrive("left.jsonl.camelLock", "");

        // When
        arrive("left.jsonl", LINES);

        // Then
        awaitFile(".done/left.jsonl");
    }

    @ParameterizedTest
    @ValueSource(strings = {"%C3%9Cbersicht.jsonl", "%DCbersicht.jsonl"})
    void readsAFileWhoseNameIsNoTextOfTheLocale(String escaped) throws Exception {
        // Given
        start("json-lines-files-source", "", NOTHING);
        arrive("o.jsonl", "");
        Path moved = Path.of(URI.create(inbox.toUri() + ".done/" + escaped));

        // When
        Path elsewhere = Files.writeString(data.resolve("o.jsonl"), LINES);
        Files.move(elsewhere, Path.of(URI.create(inbox.toUri() + escaped)));

        // Then
        await().until(() -> Files.exists(moved));
        assertThat(organizations()).hasSize(3);
        assertThat(routes.spool.units()).anyMatch(unit -> unit.unit().startsWith("Übersicht.jsonl#"));
    }

    @Test
    void keepsAFileOfTheSameLongNameThatWasDoneBefore() throws Exception {
        // Given
        String name = "n".repeat(244) + ".jsonl";
        Files.createDirectories(inbox.resolve(".done"));
        Files.writeString(inbox.resolve(".done").resolve(name), "before");
        start("json-lines-files-source", "", NOTHING);

        // When
        arrive(name, LINES);

        // Then
        awaitFile(".done/" + "n".repeat(228) + "-20260131T120000.500Z.jsonl");
    }

    @Test
    void saysOneLineOfAFileThatIsDone() throws Exception {
        // Given
        routes.withDeadLetters();
        start("json-lines-files-source", "", failsAt("o2"));

        // When
        arrive("o.jsonl", LINES);

        // Then
        awaitFile(".done/o.jsonl");
        await().until(() -> !log.all().isEmpty());
        assertThat(log.all())
                .singleElement()
                .asString()
                .matches("INFO o.jsonl of organizations is read:"
                        + " 3 records, 2 messages, 1 dead, 0 skipped, \\d+\\.\\d s");
    }

    @Test
    void saysOneLineOfAFileThatIsMovedToTheFailedOnes() throws Exception {
        // Given
        start("json-lines-files-source", "", NOTHING);

        // When
        arrive("o.jsonl.gz", "no gzip");

        // Then
        awaitFile(".failed/o.jsonl.gz");
        await().until(() -> !log.all().isEmpty());
        assertThat(log.all())
                .singleElement()
                .asString()
                .startsWith(
                        "WARN o.jsonl.gz of organizations cannot be read to its end, and is moved to .failed: line 1: ")
                .contains("; 0 records, 0 messages, 1 dead, 0 skipped");
    }

    @ParameterizedTest(name = "{0}: {2}")
    @CsvSource({
        "csv-files-source, header-only.csv, 'account_id,name\n'",
        "json-lines-files-source, empty.jsonl, ''",
        "json-array-files-source, none.json, '[]'"
    })
    void warnsOfAFileWithoutRows(String kamelet, String name, String content) throws Exception {
        // Given
        start(kamelet, "", NOTHING);

        // When
        arrive(name, content);

        // Then
        awaitFile(".done/" + name);
        await().until(() -> !log.all().isEmpty());
        assertThat(log.all())
                .containsExactly("WARN " + name
                        + " of organizations held no record, and is moved to .done: was its export complete?");
    }

    @ParameterizedTest
    @ValueSource(strings = {"file", "link to nothing"})
    void saysOnceThatAFileCannotBeMovedAndReadsNothingOfItTwice(String inTheWay) throws Exception {
        // Given
        Path done = inbox.resolve(".done");
        if (inTheWay.equals("file")) {
            Files.writeString(done, "in the way");
        } else {
            Files.createSymbolicLink(done, Path.of("nowhere"));
        }
        start("json-lines-files-source", "", NOTHING);
        arrive("o.jsonl", LINES);
        await().until(() -> !log.all().isEmpty());

        // When
        Files.delete(done);

        // Then
        awaitFile(".done/o.jsonl");
        await().until(() -> log.all().size() == 2);
        assertThat(log.all().get(0))
                .startsWith("WARN " + inbox.resolve("o.jsonl") + " stays in the inbox")
                .contains("it was read and cannot be moved to " + done);
        assertThat(log.all().get(1)).isEqualTo("INFO " + inbox.resolve("o.jsonl") + " is moved to " + done + " now");
        assertThat(organizations()).containsExactly("o1", "o2", "o3");
        assertThat(routes.spool.spool().unfinished("organizations")).isEmpty();
    }

    @Test
    void goesOnBehindTheLastRowWhereAFileGrewThatCouldNotBeMoved() throws Exception {
        // Given
        Path done = Files.writeString(inbox.resolve(".done"), "in the way");
        start("json-lines-files-source", "", NOTHING);
        arrive("o.jsonl", LINES);
        await().until(() -> !log.all().isEmpty());

        // When
        Files.writeString(inbox.resolve("o.jsonl"), "{\"organizationId\":\"o4\"}\n", StandardOpenOption.APPEND);
        await().until(() -> routes.spool.units().stream().anyMatch(unit -> unit.read() == 4));
        Files.delete(done);

        // Then
        awaitFile(".done/o.jsonl");
        assertThat(organizations()).containsExactly("o1", "o2", "o3", "o4");
    }

    @Test
    void warnsOfRowsThatComeWhenAFileIsMovedAlready() throws Exception {
        // Given
        start("json-lines-files-source", "", NOTHING);
        arrive("o.jsonl", LINES);
        awaitFile(".done/o.jsonl");
        await().until(() -> !log.all().isEmpty());

        // When
        Files.writeString(inbox.resolve(".done/o.jsonl"), "more", StandardOpenOption.APPEND);

        // Then
        await().until(() -> log.all().size() == 2);
        assertThat(log.all().get(1))
                .startsWith(
                        "WARN " + inbox.resolve(".done/o.jsonl") + " was read and moved, and 4 bytes came after that");
    }

    @Test
    void keepsToOneLineWhateverTheNameOfAFile() throws Exception {
        // Given
        start("json-lines-files-source", "", NOTHING);

        // When
        arrive("a\nERROR all is lost.jsonl", LINES);

        // Then
        awaitFile(".done/a\nERROR all is lost.jsonl");
        await().until(() -> !log.all().isEmpty());
        assertThat(log.all()).singleElement().asString().startsWith("INFO a\\u000AERROR all is lost.jsonl of");
    }

    @Test
    void readsTheNextFileWhenOneEndsInAnError() throws Exception {
        // Given
        start("json-lines-files-source", "", exchange -> {
            if (failsAt("o1", exchange)) {
                throw new StackOverflowError("on purpose");
            }
        });
        arrive("a.jsonl", LINES);

        // When
        arrive("b.jsonl", "{\"organizationId\":\"o4\"}");

        // Then
        awaitFile(".done/b.jsonl");
    }

    @Test
    void readsTheFilesThatWereWrittenFirstInFront() throws Exception {
        // Given
        List<String> read = new CopyOnWriteArrayList<>();
        for (String name : List.of("a", "c", "b")) {
            arrive(name + ".jsonl", "{\"organizationId\":\"" + name + "\"}");
        }
        Files.setLastModifiedTime(inbox.resolve("c.jsonl"), FileTime.fromMillis(1_000));
        Files.setLastModifiedTime(inbox.resolve("b.jsonl"), FileTime.fromMillis(2_000));

        // When
        start(
                "json-lines-files-source",
                "",
                exchange -> read.add(exchange.getMessage()
                        .getBody(JsonNode.class)
                        .path("organizationId")
                        .asText()));

        // Then
        await().until(() -> read.size() == 3);
        assertThat(read).containsExactly("c", "b", "a");
    }

    @Test
    void readsFilesWhoseNamesLookAlikeAsTheyAreNoText() throws Exception {
        // Given
        for (String escaped : List.of("%DC.jsonl", "%DD.jsonl", "%3F.jsonl")) {
            Path elsewhere = Files.writeString(data.resolve("o.jsonl"), LINES);
            Files.move(elsewhere, Path.of(URI.create(inbox.toUri() + escaped)));
        }

        // When
        start("json-lines-files-source", "", NOTHING);

        // Then
        await().until(() -> Files.exists(Path.of(URI.create(inbox.toUri() + ".done/%DC.jsonl")))
                && Files.exists(Path.of(URI.create(inbox.toUri() + ".done/%DD.jsonl")))
                && Files.exists(Path.of(URI.create(inbox.toUri() + ".done/%3F.jsonl"))));
        assertThat(organizations()).hasSize(9);
    }

    @Test
    void goesOnWithAFileWhoseNameHoldsABackslash() throws Exception {
        // Given: camel-file takes it for a separator
        AtomicInteger failures = new AtomicInteger();
        start("json-lines-files-source", "", exchange -> {
            if (failsAt("o2", exchange) && failures.getAndIncrement() < 2) {
                throw new IllegalStateException("broken on purpose");
            }
        });

        // When
        arrive("a\\b.jsonl", LINES);

        // Then
        awaitFile(".done/a\\b.jsonl");
        assertThat(organizations()).containsExactly("o1", "o2", "o3");
    }

    @Test
    void saysOnceThatCamelReadsNoFileThatIsNamedAsItsLocks() throws Exception {
        // Given
        start("json-lines-files-source", "&include=.*", NOTHING);

        // When
        arrive("o.camelLock", LINES);

        // Then
        await().until(() -> !log.all().isEmpty());
        assertThat(log.all())
                .containsExactly("WARN " + inbox.resolve("o.camelLock")
                        + " is not read: Camel reads no file whose name ends with .camelLock: rename it");
        await().until(() -> Integer.valueOf(1).equals(routes.inboxes.notRead().get("organizations")));
    }

    @Test
    void saysOnceThatCamelReadsAnotherNameThanItIs() throws Exception {
        // Given
        start("json-lines-files-source", "&include=RAW(Ü.*)", NOTHING);
        Path elsewhere = Files.writeString(data.resolve("o.jsonl"), LINES);

        // When
        Files.move(elsewhere, Path.of(URI.create(inbox.toUri() + "%DCbersicht.jsonl")));

        // Then
        await().until(() -> !log.all().isEmpty());
        assertThat(log.all())
                .singleElement()
                .asString()
                .startsWith("WARN " + inbox + "/Übersicht.jsonl"
                        + " is not read: its name matches Ü.*, but not as Camel reads it");
    }

    @Test
    void letsCamelMoveAFileOfARouteWithoutTheHooks() throws Exception {
        // Given
        Files.createDirectories(inbox.resolve(".done"));
        Files.writeString(inbox.resolve(".done/o.jsonl"), "before");
        routes.start(new RouteBuilder() {
            @Override
            public void configure() {
                from("file:" + inbox + "?delay=20&initialDelay=0&move=${exchangeProperty.relay.target}")
                        .to("records:open?integration=organizations&format=json-lines")
                        .split(body(), new RecordOutcome())
                        .streaming()
                        .to("kamelet:vitally-sink?type=organization")
                        .end()
                        .to("records:close");
            }
        });

        // When
        arrive("o.jsonl", LINES);

        // Then
        awaitFile(".done/o-20260131T120000.500Z.jsonl");
        await().until(() -> !log.all().isEmpty());
        assertThat(log.all()).singleElement().asString().startsWith("INFO o.jsonl of organizations is read: 3 records");
        assertThat(routes.spool.spool().unfinished("organizations")).isEmpty();
        assertThat(organizations()).containsExactly("o1", "o2", "o3");
    }

    @Test
    void readsNothingWhereItsFolderIsNone() throws Exception {
        // Given
        Files.delete(inbox);
        Files.writeString(inbox, "in the way");
        start("json-lines-files-source", "", NOTHING);
        await().until(() -> !routes.states.all().isEmpty());

        // When
        Files.delete(inbox);

        // Then
        await().until(() -> routes.states.all().isEmpty() && log.all().size() == 3);
        assertThat(log.all().get(0)).startsWith("WARN the inbox of organizations cannot be locked");
        assertThat(log.all().get(1)).startsWith("WARN organizations: nothing is read from the inbox " + inbox);
        assertThat(log.all().get(2)).isEqualTo("INFO organizations: the inbox " + inbox + " is read again");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({"include=(, include", "settled=soon, readLockMinAge"})
    void refusesParametersThatAreNone(String parameter, String refusal) {
        // When
        Throwable failure = catchThrowable(() -> start("json-lines-files-source", "&" + parameter, NOTHING));

        // Then
        assertThat(failure).hasStackTraceContaining(refusal);
    }

    /** @return how often a file failed by it */
    private AtomicInteger breakSpoolForFiles() {
        AtomicInteger failures = new AtomicInteger();
        Spool broken = (Spool) Proxy.newProxyInstance(
                Spool.class.getClassLoader(), new Class<?>[] {Spool.class}, (proxy, method, arguments) -> {
                    failures.incrementAndGet();
                    throw new IllegalStateException("broken on purpose");
                });
        routes.camel.removeComponent("records");
        routes.camel.addComponent("records", routes.files(broken));
        return failures;
    }

    private static Processor failsAt(String id) {
        return exchange -> {
            if (failsAt(id, exchange)) {
                throw new IllegalStateException("broken on purpose");
            }
        };
    }

    private static boolean failsAt(String id, Exchange exchange) {
        return exchange.getMessage()
                .getBody(JsonNode.class)
                .path("organizationId")
                .asText()
                .equals(id);
    }

    private void start(String kamelet, String parameters, Processor mapping) throws Exception {
        routes.start(new RouteBuilder() {
            @Override
            public void configure() {
                from("kamelet:" + kamelet + "?integration=organizations&delay=20&settled=10" + parameters)
                        .routeId("organizations")
                        .process(mapping)
                        .to("kamelet:vitally-sink?type=organization");
            }
        });
    }

    private void arrive(String name, String content) throws IOException {
        Path elsewhere = Files.writeString(data.resolve(name), content);
        Files.move(elsewhere, inbox.resolve(name));
    }

    private void awaitFile(String name) {
        await().atMost(Duration.ofSeconds(10)).until(() -> Files.exists(inbox.resolve(name)));
    }

    private List<String> organizations() throws Exception {
        List<String> ids = new ArrayList<>();
        for (String message : routes.pending()) {
            ids.add(new ObjectMapper().readTree(message).get("organizationId").textValue());
        }
        return ids;
    }
}

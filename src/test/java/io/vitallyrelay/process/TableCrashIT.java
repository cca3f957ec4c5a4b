package io.vitallyrelay.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.vitallyrelay.process.RelayProcess.Sums;
import io.vitallyrelay.process.RemembersAccepted.Accepted;
import io.vitallyrelay.sandbox.Sandbox;
import io.vitallyrelay.sandbox.SandboxSettings;
import io.vitallyrelay.source.table.Database;
import io.vitallyrelay.source.table.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The service is killed at each step of a row's way out of its table, and started again. What every row of the matrix asserts:
 * each row of both tables was taken into the spool once, and accepted with one messageId; at most one batch a lane came twice;
 * the ledger balances; every row that is to be marked is marked.
 */
@Tag("jvm")
class TableCrashIT {
    private static final int ROWS = 1_200;
    private static final int LANES = 4;
    private static final int ONE_BATCH_A_LANE = 100 * LANES;

    private static final String COMMIT = "org.postgresql.jdbc.PgConnection.commit";

    private static final Map<Kind, TestDatabase> DATABASES = new EnumMap<>(Kind.class);

    private final RemembersAccepted accepted = new RemembersAccepted();

    @TempDir
    private Path folder;

    private TestDatabase database;

    /** A database server, and where its SQL differs. */
    enum Kind {
        H2("system_range(1, " + ROWS + ") numbers(x)") {
            @Override
            TestDatabase start() throws SQLException {
                return TestDatabase.h2Server();
            }
        },
        POSTGRES("generate_series(1, " + ROWS + ") numbers(x)") {
            @Override
            TestDatabase start() {
                return TestDatabase.postgres();
            }
        };

        final String numbers;

        Kind(String numbers) {
            this.numbers = numbers;
        }

        abstract TestDatabase start() throws SQLException;
    }

    record Step(Kind kind, String name, Way way) {
        @Override
        public String toString() {
            return kind + ", " + name;
        }
    }

    @FunctionalInterface
    interface Way {
        void lead(SteppedRelay relay) throws Exception;
    }

    static Stream<Step> steps() {
        return Stream.concat(stepsInTheDatabase(Kind.POSTGRES), stepsBesideIt(Kind.H2));
    }

    /** Those at which a transaction of the database is open, is about to be, or has just ended. */
    private static Stream<Step> stepsInTheDatabase(Kind kind) {
        return Stream.of(
                new Step(
                        kind,
                        "by watermark: rows are staged, and not written",
                        relay -> relay.to("source.table.ByWatermark.taken", 300).to("spool.local.Store.write")),
                new Step(
                        kind,
                        "by mark: a row in the middle of a page is taken, and not staged",
                        relay -> relay.to("source.table.ByMark.taken", 700)),
                new Step(
                        kind,
                        "by mark: rows are durable, and not marked",
                        relay -> relay.to("source.table.ByMark.mark")),
                new Step(
                        kind,
                        "by mark: rows of a later page are marked, and the marks not committed",
                        relay -> relay.to("source.table.ByMark.mark", 2).inTheSameThreadTo(COMMIT)));
    }

    /** Those in which the database has no part: that which starts faster will do. */
    private static Stream<Step> stepsBesideIt(Kind kind) {
        return Stream.of(
                new Step(
                        kind,
                        "by watermark: a row in the middle of a page is taken, and not staged",
                        relay -> relay.to("source.table.ByWatermark.taken", 700)),
                new Step(kind, "by mark: rows are marked", relay -> relay.to("source.table.ByMark.refuse")),
                new Step(
                        kind, "by watermark: a page is read", relay -> relay.to("source.table.ByWatermark.judge", 501)),
                new Step(kind, "by watermark: the poll is through", relay -> relay.to("source.table.ByWatermark.end")),
                new Step(
                        kind,
                        "by mark: rows are marked, and others are taken",
                        relay -> relay.to("source.table.ByMark.refuse").to("source.table.ByMark.taken", 200)),
                new Step(kind, "messages are delivered", relay -> relay.to("delivery.Delivery.answered", 5)),
                new Step(
                        kind,
                        "twice, with rows that are durable and not marked",
                        relay -> relay.to("source.table.ByMark.mark")
                                .crashAndStart()
                                .to("source.table.ByMark.mark")));
    }

    @BeforeAll
    static void startDatabases() throws SQLException {
        for (Kind kind : Kind.values()) {
            DATABASES.put(kind, kind.start());
        }
    }

    @AfterAll
    static void closeDatabases() throws Exception {
        for (TestDatabase one : DATABASES.values()) {
            one.close();
        }
    }

    private void makeTables(Kind kind) throws Exception {
        database = DATABASES.get(kind);
        database.run("drop table if exists accounts", "drop table if exists usage_events");
        database.run(ddl("accounts-sql"), ddl("usage-sql"));
        database.run(
                "insert into accounts (id, name, updated_at) select x, 'n' || x,"
                        + " timestamp '2026-01-01 00:00:00' + interval '1' second * (x / 7) from " + kind.numbers,
                "insert into usage_events (id, user_id, event, happened_at) select x, 'u' || mod(x, 50), 'e',"
                        + " current_timestamp from " + kind.numbers);
    }

    /** The table of the sample. */
    private static String ddl(String integration) throws IOException {
        return Files.readString(ProjectRoutes.FOLDER.resolve(integration).resolve("sample.sql"))
                .split(";\\s*\\n")[0];
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("steps")
    void aCrashLosesNoRowAndTakesNoneTwice(Step step) throws Exception {
        makeTables(step.kind());
        Database access = database.database();
        try (Sandbox sandbox = Sandbox.start(
                        SandboxSettings.forToken(RelayProcess.TOKEN).withBehaviours(accepted));
                RelayProcess relay = RelayProcess.in(folder)
                        .postingTo(sandbox.url())
                        .with("RELAY_DATASOURCE_MAIN_URL", access.url())
                        .with("RELAY_DATASOURCE_MAIN_USER", access.user())
                        .with("RELAY_DATASOURCE_MAIN_PASSWORD", access.password())
                        .with("VITALLY_LANES", Integer.toString(LANES))
                        .with("VITALLY_BATCH_WINDOW", "200ms")) {
            // Given
            int crashes;
            try (SteppedRelay stepped = new SteppedRelay(relay)) {
                step.way().lead(stepped);
                stepped.crash();
                crashes = stepped.crashes();
            }

            // When
            relay.start();

            // Then
            await().atMost(Duration.ofSeconds(60))
                    .untilAsserted(() -> assertThat(relay.sums()).isEqualTo(new Sums(2L * ROWS, 2L * ROWS, 0, 0)));
            assertThat(database.one("select count(*) from usage_events where sent_at is null"))
                    .isEqualTo("0");
            assertAccepted("accountId", "account", crashes);
            assertAccepted("messageId", "track", crashes);
        }
    }

    private void assertAccepted(String key, String type, int crashes) {
        List<Accepted> ofType = accepted.messages().stream()
                .filter(message -> message.message().path("type").asText().equals(type))
                .toList();
        String prefix = key.equals("messageId") ? "usage-" : "";
        List<String> keys =
                IntStream.rangeClosed(1, ROWS).mapToObj(id -> prefix + id).toList();
        assertThat(ofType.stream()
                        .map(Accepted::message)
                        .map(message -> text(message, key))
                        .distinct())
                .containsExactlyInAnyOrderElementsOf(keys);
        assertThat(ofType.stream().map(Accepted::id).collect(Collectors.toSet()))
                .hasSize(ROWS);
        assertThat(ofType).hasSizeLessThanOrEqualTo(ROWS + crashes * ONE_BATCH_A_LANE);
    }

    private static String text(JsonNode message, String key) {
        return message.path(key).asText();
    }
}

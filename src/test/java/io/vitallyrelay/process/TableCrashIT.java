package io.vitallyrelay.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.vitallyrelay.process.RelayProcess.Sums;
import io.vitallyrelay.process.RemembersAccepted.Accepted;
import io.vitallyrelay.sandbox.Sandbox;
import io.vitallyrelay.sandbox.SandboxSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.h2.tools.Server;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The service is killed at each step of a row's way out of its table, and started again. What every row of the matrix asserts:
 * each row of both tables was taken into the spool once, and accepted with one messageId; at most one batch a lane came twice;
 * the ledger balances; every row that is to be marked is marked.
 */
class TableCrashIT {
    private static final int ROWS = 1_200;
    private static final int ONE_BATCH_A_LANE = 100 * 4;
    private static final String TABLES = "jdbc:h2:mem:tables";

    private final RemembersAccepted accepted = new RemembersAccepted();

    @TempDir
    private Path folder;

    private Connection connection;
    private Server server;

    record Step(String name, Way way) {
        @Override
        public String toString() {
            return name;
        }
    }

    @FunctionalInterface
    interface Way {
        void lead(SteppedRelay relay) throws Exception;
    }

    static Stream<Step> steps() {
        return Stream.of(
                new Step("by watermark: a page is read", relay -> relay.to("source.table.ByWatermark.judge", 501)),
                new Step(
                        "by watermark: a row is taken, and not staged",
                        relay -> relay.to("source.table.ByWatermark.taken", 700)),
                new Step(
                        "by watermark: rows are staged, and not written",
                        relay -> relay.to("source.table.ByWatermark.taken", 300).to("spool.Store.write")),
                new Step("by watermark: the poll is through", relay -> relay.to("source.table.ByWatermark.end")),
                new Step(
                        "by mark: a row is taken, and not staged", relay -> relay.to("source.table.ByMark.taken", 700)),
                new Step("by mark: rows are durable, and not marked", relay -> relay.to("source.table.ByMark.mark")),
                new Step(
                        "by mark: rows of a later page are durable, and not marked",
                        relay -> relay.to("source.table.ByMark.mark", 2)),
                new Step("by mark: rows are marked", relay -> relay.to("source.table.ByMark.marked")),
                new Step(
                        "by mark: rows are marked, and others are taken",
                        relay -> relay.to("source.table.ByMark.marked").to("source.table.ByMark.taken", 200)),
                new Step("messages are delivered", relay -> relay.to("delivery.Delivery.answered", 5)),
                new Step(
                        "twice, with rows that are durable and not marked",
                        relay -> relay.to("source.table.ByMark.mark")
                                .crashAndStart()
                                .to("source.table.ByMark.mark")));
    }

    @BeforeEach
    void makeTables() throws Exception {
        connection = DriverManager.getConnection(TABLES);
        server = Server.createTcpServer("-tcpPort", "0").start();
        run(ddl("accounts-sql"), ddl("usage-sql"));
        run("insert into accounts (id, name, updated_at) select x, 'n' || x,"
                + " timestamp '2026-01-01 00:00:00' + interval '1' second * (x / 7) from system_range(1, " + ROWS
                + ")");
        run(
                "insert into usage_events (id, user_id, event, happened_at) select x, 'u' || mod(x, 50), 'e', current_timestamp"
                        + " from system_range(1, " + ROWS + ")");
    }

    /** The table of the sample. */
    private static String ddl(String integration) throws IOException {
        return Files.readString(ProjectRoutes.FOLDER.resolve(integration).resolve("sample.sql"))
                .split(";\\s*\\n")[0];
    }

    private void run(String... statements) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    @AfterEach
    void close() throws SQLException {
        server.stop();
        connection.close();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("steps")
    void aCrashLosesNoRowAndTakesNoneTwice(Step step) throws Exception {
        try (Sandbox sandbox = Sandbox.start(
                        SandboxSettings.forToken(RelayProcess.TOKEN).withBehaviours(accepted));
                RelayProcess relay = RelayProcess.in(folder)
                        .postingTo(sandbox.url())
                        .with(
                                "RELAY_DATASOURCE_MAIN_URL",
                                "jdbc:h2:tcp://127.0.0.1:" + server.getPort() + "/mem:tables")
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
            assertThat(unmarked()).isZero();
            assertAccepted("accountId", "account", crashes);
            assertAccepted("messageId", "track", crashes);
        }
    }

    private long unmarked() throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery("select count(*) from usage_events where sent_at is null")) {
            result.next();
            return result.getLong(1);
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

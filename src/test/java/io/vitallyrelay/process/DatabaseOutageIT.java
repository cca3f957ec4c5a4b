package io.vitallyrelay.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vitallyrelay.process.RelayProcess.Sums;
import io.vitallyrelay.process.RemembersAccepted.Accepted;
import io.vitallyrelay.sandbox.Sandbox;
import io.vitallyrelay.sandbox.SandboxSettings;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** PostgreSQL is killed while its tables are read, and comes back. */
class DatabaseOutageIT {
    private static final int ROWS = 4_000;
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private final RemembersAccepted accepted = new RemembersAccepted();

    @TempDir
    private Path folder;

    /** Not below the other one: the server runs as a user who may not look in there. */
    private Path data;

    private EmbeddedPostgres postgres;
    private int port;

    @BeforeEach
    void startPostgres() throws Exception {
        data = Files.createTempDirectory("outage-postgres");
        start();
        port = postgres.getPort();
        run(statement("accounts-sql"), statement("usage-sql"));
        run("insert into accounts (id, name, updated_at) select x, 'n' || x, now() - interval '1 day' from"
                + " generate_series(1, " + ROWS + ") x");
        run("insert into usage_events (id, user_id, event, happened_at) select x, 'u' || x % 50, 'e', now() from"
                + " generate_series(1, " + ROWS + ") x");
    }

    private void start() throws IOException {
        postgres = EmbeddedPostgres.builder()
                .setPort(port)
                // off by default here: a killed server would then forget marks that it had committed
                .setServerConfig("synchronous_commit", "on")
                .setDataDirectory(data)
                .setCleanDataDirectory(false)
                .setOutputRedirector(ProcessBuilder.Redirect.DISCARD)
                .setErrorRedirector(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    private static String statement(String integration) throws IOException {
        return Files.readString(ProjectRoutes.FOLDER.resolve(integration).resolve("sample.sql"))
                .split(";\\s*\\n")[0];
    }

    private void run(String... statements) throws SQLException {
        try (Connection connection = postgres.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    @AfterEach
    void stopPostgres() throws IOException {
        postgres.close();
        try (Stream<Path> files = Files.walk(data)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }

    /** As the power does it: the server gets no chance to end anything. */
    private void kill() throws IOException {
        long pid = Long.parseLong(
                Files.readAllLines(data.resolve("postmaster.pid")).get(0));
        ProcessHandle server = ProcessHandle.of(pid).orElseThrow();
        List<ProcessHandle> sessions = server.children().toList();
        server.destroyForcibly();
        sessions.forEach(ProcessHandle::destroyForcibly);
        await().until(() -> !server.isAlive() && sessions.stream().noneMatch(ProcessHandle::isAlive));
        // gives its lock of the folder back; that it finds no server any more is in its log
        postgres.close();
    }

    @Test
    void goesOnWhereItStoodWhenTheDatabaseComesBack() throws Exception {
        try (Sandbox sandbox = Sandbox.start(
                        SandboxSettings.forToken(RelayProcess.TOKEN).withBehaviours(accepted));
                RelayProcess relay = RelayProcess.in(folder)
                        .postingTo(sandbox.url())
                        .with("RELAY_DATASOURCE_MAIN_URL", "jdbc:postgresql://127.0.0.1:" + port + "/postgres")
                        .with("RELAY_DATASOURCE_MAIN_USER", "postgres")
                        .with("VITALLY_BATCH_WINDOW", "200ms")) {
            // Given
            relay.start();
            await().atMost(PATIENCE).until(() -> relay.sums().read() > 0);
            kill();
            await().atMost(PATIENCE).until(() -> tables(relay).contains("onnection"));
            long readBefore = relay.sums().read();

            // When
            start();

            // Then
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(relay.sums()).isEqualTo(new Sums(2L * ROWS, 2L * ROWS, 0, 0)));
            assertThat(readBefore).as("it was killed in the middle").isLessThan(2L * ROWS);
            assertThat(accepted.messages().stream().map(Accepted::id))
                    .hasSize(2 * ROWS)
                    .doesNotHaveDuplicates();
            assertThat(unmarked()).isZero();
            await().atMost(PATIENCE).until(() -> !tables(relay).contains("onnection"));
        }
    }

    private static String tables(RelayProcess relay) throws IOException, InterruptedException {
        return relay.json("/api/tables").toString();
    }

    private long unmarked() throws SQLException {
        try (Connection connection = postgres.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery("select count(*) from usage_events where sent_at is null")) {
            result.next();
            return result.getLong(1);
        }
    }
}

package io.vitallyrelay.source.table;

import io.vitallyrelay.LoopbackH2;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.UUID;
import org.h2.tools.Server;

/** A database of its own for one test. Closing it removes it. */
public final class TestDatabase implements AutoCloseable {
    private final String url;
    private final String user;
    private final String password;
    private final String first;
    private final Closing closing;

    private interface Closing {
        void close() throws Exception;
    }

    private TestDatabase(String url, String user, String password, Closing closing) {
        this(url, user, password, null, closing);
    }

    /** @param first is run in each session of the test */
    private TestDatabase(String url, String user, String password, String first, Closing closing) {
        this.first = first;
        this.url = url;
        this.user = user;
        this.password = password;
        this.closing = closing;
    }

    public static TestDatabase h2() {
        String url = "jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1";
        return new TestDatabase(url, "sa", "", () -> {
            try (Connection connection = DriverManager.getConnection(url, "sa", "");
                    Statement statement = connection.createStatement()) {
                statement.execute("shutdown");
            }
        });
    }

    /** Behind a server in this process, for other processes. */
    public static TestDatabase h2Server() throws SQLException {
        String name = UUID.randomUUID().toString();
        Connection keeper = DriverManager.getConnection("jdbc:h2:mem:" + name, "sa", "");
        Server server = LoopbackH2.start();
        String url = "jdbc:h2:tcp://127.0.0.1:" + server.getPort() + "/mem:" + name;
        return new TestDatabase(url, "sa", "", () -> {
            server.stop();
            keeper.close();
        });
    }

    /** A server that runs as a process of its own, on a free port. */
    public static TestDatabase postgres() {
        try {
            EmbeddedPostgres server = EmbeddedPostgres.builder()
                    .setOutputRedirector(ProcessBuilder.Redirect.DISCARD)
                    .setErrorRedirector(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return new TestDatabase(server.getJdbcUrl("postgres", "postgres"), "postgres", "postgres", server::close);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A server of this machine that runs as a process of its own, on a free port. */
    static TestDatabase mariaDb() {
        try {
            MariaDbServer server = MariaDbServer.start();
            // the service sees to its sessions itself
            return new TestDatabase(server.url(), MariaDbServer.USER, "", "set time_zone = '+00:00'", server::close);
        } catch (IOException | InterruptedException | SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    public Database database() {
        return database(ZoneOffset.UTC);
    }

    public Database database(ZoneId zone) {
        return database(zone, Duration.ofMinutes(1));
    }

    Database database(ZoneId zone, Duration timeout) {
        return new Database("main", url, user, password, zone, timeout);
    }

    public Connection connect() throws SQLException {
        Connection connection = DriverManager.getConnection(url, user, password);
        if (first != null) {
            try (Statement statement = connection.createStatement()) {
                statement.execute(first);
            }
        }
        return connection;
    }

    public void run(String... statements) throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    public String one(String query) throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(query)) {
            result.next();
            return result.getString(1);
        }
    }

    @Override
    public void close() throws Exception {
        closing.close();
    }
}

package io.vitallyrelay.routes;

import static java.util.Map.entry;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.vitallyrelay.LoopbackH2;
import io.vitallyrelay.sandbox.Broker;
import io.vitallyrelay.sandbox.Sandbox;
import io.vitallyrelay.sandbox.SandboxSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.Map;
import java.util.stream.Stream;
import org.h2.tools.Server;

/** A sandbox as the endpoint, a broker with empty queues and an empty folder for the data; one lane, so that all messages keep one order. */
public final class SandboxForRoutes implements QuarkusTestResourceLifecycleManager {
    static final String JOURNAL = "test.journal";
    static final String ONLY = "test.integration";
    private static final String TOKEN = "routes-test";

    private Path folder;
    private Sandbox sandbox;
    private Broker broker;
    private Server tables;

    @Override
    public Map<String, String> start() {
        try {
            folder = Files.createTempDirectory("routes-test");
            Path journal = folder.resolve("journal");
            sandbox = Sandbox.start(SandboxSettings.forToken(TOKEN).withJournal(journal));
            broker = Broker.start(folder.resolve("broker"), 0);
            // taken away, since the service refuses settings that it does not know
            String only = System.clearProperty("relay." + ONLY);
            return Map.ofEntries(
                    entry("vitally.url", sandbox.url().toString()),
                    entry("vitally.token", TOKEN),
                    entry("vitally.lanes", "1"),
                    // inside a batch, what others depend on is sent first; a sample's order is that of its rows
                    entry("vitally.batch.size", "1"),
                    entry("vitally.batch.window", "100ms"),
                    entry("relay.data", folder.resolve("data").toString()),
                    entry("relay.jms.url", broker.url().toString()),
                    entry("relay.shutdown.grace", "1s"),
                    entry("relay.datasource.main.url", database()),
                    entry("quarkus.http.test-port", "0"),
                    entry(JOURNAL, journal.toString()),
                    entry(ONLY, only == null ? "" : only));
        } catch (Exception e) {
            throw new IllegalStateException("cannot start what the routes are tested with", e);
        }
    }

    /** A server, since the test and the service are in different class loaders, and each has an H2 of its own. */
    private String database() {
        try {
            tables = LoopbackH2.start("-ifNotExists");
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        return "jdbc:h2:tcp://127.0.0.1:" + tables.getPort() + "/mem:main;DB_CLOSE_DELAY=-1";
    }

    @Override
    public void stop() {
        try (Stream<Path> files = Files.walk(folder)) {
            tables.stop();
            sandbox.close();
            broker.close();
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (Exception e) {
            throw new IllegalStateException("cannot take away what the routes were tested with", e);
        }
    }
}

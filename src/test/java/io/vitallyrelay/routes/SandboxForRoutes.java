package io.vitallyrelay.routes;

import static java.util.Map.entry;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.vitallyrelay.sandbox.Sandbox;
import io.vitallyrelay.sandbox.SandboxSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.stream.Stream;

/** A sandbox as the endpoint and an empty folder for the data; one lane, so that all messages keep one order. */
public final class SandboxForRoutes implements QuarkusTestResourceLifecycleManager {
    static final String JOURNAL = "test.journal";
    static final String ONLY = "test.integration";
    private static final String TOKEN = "routes-test";

    private Path folder;
    private Sandbox sandbox;

    @Override
    public Map<String, String> start() {
        try {
            folder = Files.createTempDirectory("routes-test");
            Path journal = folder.resolve("journal");
            sandbox = Sandbox.start(SandboxSettings.forToken(TOKEN).withJournal(journal));
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
                    entry("relay.shutdown.grace", "1s"),
                    entry("quarkus.http.test-port", "0"),
                    entry(JOURNAL, journal.toString()),
                    entry(ONLY, only == null ? "" : only));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void stop() {
        try (Stream<Path> files = Files.walk(folder)) {
            sandbox.close();
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

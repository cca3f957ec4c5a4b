package io.vitallyrelay.source.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vitallyrelay.FreePort;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Comparator;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * The MariaDB of this machine, as a process of its own on a free port of 127.0.0.1 with an empty folder. Its clock shows a time
 * zone that is nobody else's.
 */
final class MariaDbServer implements AutoCloseable {
    static final String USER = "root";

    private static final String DATABASE = "relay";
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String ZONE = "-03:30";

    private final Path folder;
    private final int port;
    private final Process process;

    private MariaDbServer(Path folder, int port, Process process) {
        this.folder = folder;
        this.port = port;
        this.process = process;
    }

    static boolean canBeStarted() {
        return program("mariadbd").isPresent()
                && program("mariadb-install-db").isPresent()
                && DriverManager.drivers()
                        .anyMatch(driver -> driver.getClass().getName().startsWith("org.mariadb."));
    }

    private static Optional<String> program(String name) {
        return Stream.concat(
                        Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator)),
                        Stream.of("/usr/sbin", "/usr/local/sbin"))
                .map(folder -> Path.of(folder, name))
                .filter(Files::isExecutable)
                .map(Path::toString)
                .findFirst();
    }

    static MariaDbServer start() throws IOException, InterruptedException, SQLException {
        // short: the path of a socket has at most 107 bytes
        Path folder = Files.createTempDirectory("mariadb");
        String data = "--datadir=" + folder.resolve("data");
        String user = "--user=" + System.getProperty("user.name");
        Process install =
                run(folder, program("mariadb-install-db").orElseThrow(), "--no-defaults", data, user, "--skip-test-db");
        assertThat(install.waitFor(PATIENCE.toMillis(), TimeUnit.MILLISECONDS) && install.exitValue() == 0)
                .as("mariadb-install-db:%n%s", Files.readString(log(folder)))
                .isTrue();
        int port = FreePort.find();
        Process server = run(
                folder,
                program("mariadbd").orElseThrow(),
                "--no-defaults",
                data,
                user,
                "--bind-address=127.0.0.1",
                "--port=" + port,
                "--socket=" + folder.resolve("socket"),
                // the folder is this test's, and nobody else comes to the address
                "--skip-grant-tables",
                "--skip-networking=0",
                "--character-set-server=utf8mb4",
                "--default-time-zone=" + ZONE);
        Runtime.getRuntime().addShutdownHook(new Thread(server::destroyForcibly));
        MariaDbServer started = new MariaDbServer(folder, port, server);
        await("MariaDB answers").atMost(PATIENCE).until(started::answers);
        try (Connection connection = DriverManager.getConnection(started.address(), USER, "");
                Statement statement = connection.createStatement()) {
            statement.execute("create database " + DATABASE);
        }
        return started;
    }

    private static Process run(Path folder, String... command) throws IOException {
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log(folder).toFile()))
                .start();
    }

    private static Path log(Path folder) {
        return folder.resolve("log");
    }

    private boolean answers() throws IOException {
        assertThat(process.isAlive())
                .as("MariaDB runs:%n%s", Files.readString(log(folder)))
                .isTrue();
        try (Connection connection = DriverManager.getConnection(address(), USER, "")) {
            return connection.isValid(1);
        } catch (SQLException e) {
            return false;
        }
    }

    private String address() {
        return "jdbc:mariadb://127.0.0.1:" + port + "/";
    }

    /** Of an empty database. */
    String url() {
        return address() + DATABASE;
    }

    @Override
    public void close() throws IOException, InterruptedException {
        process.destroyForcibly().waitFor();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}

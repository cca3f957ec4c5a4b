package io.vitallyrelay.bench;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A table of accounts in a PostgreSQL of its own: read by a cursor that does nothing with its rows, and then by the service
 * with 192 MB of heap, from its start until the sink has all of them.
 */
public final class Sql {
    private static final long STUCK_SECONDS = 60;
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final Path root;
    private final int rows;
    private final Path work;

    private Sql(Path root, int rows, Path work) {
        this.root = root;
        this.rows = rows;
        this.work = work;
    }

    /** Arguments: the folder of the project and the number of rows. */
    public static void main(String[] args) throws Exception {
        Path work = Files.createTempDirectory("relay-bench-sql");
        try (EmbeddedPostgres postgres = EmbeddedPostgres.builder()
                .setOutputRedirector(ProcessBuilder.Redirect.DISCARD)
                .setErrorRedirector(ProcessBuilder.Redirect.DISCARD)
                .start()) {
            new Sql(Path.of(args[0]), Integer.parseInt(args[1]), work).run(postgres);
        } finally {
            try (Stream<Path> files = Files.walk(work)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.deleteIfExists(file);
                }
            }
        }
    }

    private void run(EmbeddedPostgres postgres) throws Exception {
        try (Connection connection = postgres.getPostgresDatabase().getConnection()) {
            fill(connection);
            double bare = bare(connection);
            System.out.println("| program | rows/s | seconds | CPU s | peak RSS MB | duplicates | missing | order violations |");
            System.out.println("|---|--:|--:|--:|--:|--:|--:|--:|");
            System.out.printf("| bare cursor | %.0f | %.1f | | | | | |%n", rows / bare, bare);
        }
        relay(postgres.getPort());
    }

    private void fill(Connection connection) throws Exception {
        try (Statement statement = connection.createStatement()) {
            statement.execute("create table accounts (id bigint primary key, number char(10), entity int, seq int,"
                    + " name text, plan text, mrr numeric(12,2), updated_at timestamptz not null)");
            statement.execute("insert into accounts select n, lpad((n - 1)::text, 10, '0'), n % " + Generate.ENTITIES
                    + ", n / " + Generate.ENTITIES + ", 'Account ' || n || ' Ltd', 'standard', n % 1000 + 0.50,"
                    + " timestamptz '2026-01-01 00:00:00+00' + interval '1 second' * (n / 10) from generate_series(1, " + rows
                    + ") n");
            statement.execute("create index accounts_by_change on accounts (updated_at, id)");
            statement.execute("analyze accounts");
        }
    }

    /** @return seconds */
    private double bare(Connection connection) throws Exception {
        connection.setAutoCommit(false);
        long begin = System.nanoTime();
        int read = 0;
        try (Statement statement = connection.createStatement()) {
            statement.setFetchSize(500);
            try (ResultSet result = statement.executeQuery("select id, number, entity, seq, name, plan, mrr, updated_at"
                    + " from accounts order by updated_at, id")) {
                while (result.next()) {
                    for (int column = 1; column <= 8; column++) {
                        result.getString(column);
                    }
                    read++;
                }
            }
        }
        connection.rollback();
        if (read != rows) {
            throw new IllegalStateException(read + " rows");
        }
        return (System.nanoTime() - begin) / 1e9;
    }

    private void relay(int port) throws Exception {
        Process sink = new ProcessBuilder(
                        java(), "-Xmx64m", "-cp", System.getProperty("java.class.path"), Sink.class.getName(), "" + rows, "0")
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        Process relay = null;
        try {
            String sinkUrl = "http://127.0.0.1:" + sink.inputReader().readLine().replaceAll("\\D", "");
            copyRoutes();
            long begin = System.nanoTime();
            relay = start(port, sinkUrl);
            String report = await(sinkUrl, relay);
            double seconds = (System.nanoTime() - begin) / 1e9;
            System.out.printf(
                    "| relay | %.0f | %.1f | %.1f | %d | %d | %d | %d |%n",
                    rows / seconds,
                    seconds,
                    relay.toHandle().info().totalCpuDuration().orElseThrow().toMillis() / 1e3,
                    peakMegabytes(relay),
                    number("duplicates", report),
                    number("missing", report),
                    number("orderViolations", report));
        } finally {
            if (relay != null) {
                relay.destroy();
                relay.waitFor();
            }
            sink.destroy();
            sink.waitFor();
        }
    }

    private void copyRoutes() throws IOException {
        Path own = Files.createDirectories(work.resolve("routes/bench-sql"));
        for (String common : List.of("delivery.camel.yaml", "dead-letter.camel.yaml")) {
            Files.copy(root.resolve("routes").resolve(common), work.resolve("routes").resolve(common));
        }
        try (Stream<Path> files = Files.list(root.resolve("bench/routes/bench-sql"))) {
            for (Path file : files.toList()) {
                Files.copy(file, own.resolve(file.getFileName()));
            }
        }
    }

    private Process start(int port, String sinkUrl) throws IOException {
        return new ProcessBuilder(
                        root.resolve("relay").toString(),
                        "run",
                        "--",
                        "-XX:+UseSerialGC", // an option for Java: never the native executable
                        "-Xmx128m",
                        "-Dvitally.url=" + sinkUrl + "/analytics/v1/batch",
                        "-Dvitally.token=bench-token",
                        "-Drelay.data=" + work.resolve("data"),
                        "-Drelay.routes=" + work.resolve("routes"),
                        "-Drelay.datasource.bench.url=jdbc:postgresql://127.0.0.1:" + port + "/postgres",
                        "-Drelay.datasource.bench.user=postgres",
                        "-Dquarkus.http.port=0")
                .directory(work.toFile())
                .redirectErrorStream(true)
                .redirectOutput(work.resolve("log").toFile())
                .start();
    }

    /** @return the sink's report, once it has all, or has had nothing new for a minute */
    private String await(String sinkUrl, Process relay) throws Exception {
        long last = -1;
        long since = System.nanoTime();
        while (true) {
            String report = HTTP.send(
                            HttpRequest.newBuilder(URI.create(sinkUrl + "/report")).build(),
                            HttpResponse.BodyHandlers.ofString())
                    .body();
            long distinct = number("distinct", report);
            if (distinct > last) {
                last = distinct;
                since = System.nanoTime();
            }
            boolean stuck = System.nanoTime() - since > STUCK_SECONDS * 1_000_000_000L;
            if (distinct == rows || stuck || !relay.isAlive()) {
                if (distinct < rows) {
                    System.err.println(Files.readString(work.resolve("log")));
                }
                return report;
            }
            Thread.sleep(200);
        }
    }

    private static long number(String name, String report) {
        Matcher matcher = Pattern.compile("\"" + name + "\":(-?\\d+)").matcher(report);
        return matcher.find() ? Long.parseLong(matcher.group(1)) : -1;
    }

    private static long peakMegabytes(Process process) throws IOException {
        try (Stream<String> lines = Files.lines(Path.of("/proc/" + process.pid() + "/status"))) {
            return lines.filter(line -> line.startsWith("VmHWM"))
                            .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                            .sum()
                    / 1024;
        }
    }

    private static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }
}

package io.vitallyrelay.source.table;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Writers change random rows while the table is polled, and commit late: each takes its timestamp first, as a transaction does
 * with {@code now()}. {@code -Drelay.seed=} repeats a run's choices.
 */
@Timeout(120)
class ConcurrentWritersTest {
    private static final int ACCOUNTS = 40;
    private static final int WRITERS = 4;
    private static final Duration WRITING = Duration.ofSeconds(5);
    private static final Duration LATEST_COMMIT = Duration.ofMillis(600);
    /** Many times the latest commit, so that a machine that stands still for a moment does not break what is promised. */
    private static final Duration LOOK_BACK = Duration.ofSeconds(4);

    private final long seed = Long.getLong("relay.seed", System.nanoTime());
    private final AtomicInteger versions = new AtomicInteger();
    private volatile boolean written;

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"h2", "postgres"})
    void deliversTheLastStateOfEveryRowAndNoStateTwice(String kind) throws Exception {
        // Given
        try (TestDatabase database = kind.equals("h2") ? TestDatabase.h2() : TestDatabase.postgres();
                PolledTable accounts = new PolledTable(database, folder)) {
            database.run(
                    "create table accounts (id int primary key, version int, updated_at timestamp with time zone)",
                    "create index accounts_by_change on accounts (updated_at, id)");
            insert(database);
            accounts.lookBack = LOOK_BACK;
            accounts.pageSize = 7;
            ExecutorService writers = Executors.newFixedThreadPool(WRITERS);
            List<Future<Integer>> writing = new ArrayList<>();
            for (int writer = 0; writer < WRITERS; writer++) {
                Random random = new Random(seed + writer);
                writing.add(writers.submit(() -> write(database, random)));
            }
            writers.shutdown();
            accounts.start();

            // When
            int polls = 0;
            while (!writers.awaitTermination(0, TimeUnit.MILLISECONDS)) {
                accounts.poll();
                if (++polls % 25 == 0) {
                    accounts.restart();
                }
            }
            accounts.poll();

            // Then
            assertThat(accounts.failure()).as("seed %d", seed).isNull();
            int commits = 0;
            for (Future<Integer> writer : writing) {
                commits += writer.get();
            }
            assertThat(commits).isGreaterThan(50);
            assertThat(last(accounts.taken)).as("seed %d", seed).isEqualTo(states(database));
            assertThat(accounts.taken.stream().map(ObjectNode::toString))
                    .as("seed %d", seed)
                    .doesNotHaveDuplicates();
        }
    }

    private static void insert(TestDatabase database) throws SQLException {
        for (int id = 1; id <= ACCOUNTS; id++) {
            database.run("insert into accounts values (" + id + ", 0, current_timestamp)");
        }
    }

    /** @return how many commits it made */
    private int write(TestDatabase database, Random random) throws Exception {
        int commits = 0;
        long end = System.nanoTime() + WRITING.toNanos();
        try (Connection connection = database.connect();
                PreparedStatement update =
                        connection.prepareStatement("update accounts set version = ?, updated_at = ? where id = ?")) {
            connection.setAutoCommit(false);
            while (System.nanoTime() < end) {
                Instant begin = Instant.now();
                // rows in the order of their ids, so that no two writers wait for one another
                int[] ids = random.ints(1, ACCOUNTS + 1)
                        .distinct()
                        .limit(1 + random.nextInt(3))
                        .sorted()
                        .toArray();
                for (int id : ids) {
                    update.setInt(1, versions.incrementAndGet());
                    update.setTimestamp(2, Timestamp.from(begin));
                    update.setInt(3, id);
                    update.executeUpdate();
                }
                TimeUnit.MILLISECONDS.sleep(random.nextInt(4) == 0 ? random.nextInt(300) : random.nextInt(10));
                if (Duration.between(begin, Instant.now()).compareTo(LATEST_COMMIT) < 0) {
                    connection.commit();
                    commits++;
                } else {
                    connection.rollback();
                }
            }
        }
        return commits;
    }

    /** The version of each row that was taken last. */
    private static Map<Integer, Integer> last(List<ObjectNode> rows) {
        Map<Integer, Integer> versions = new HashMap<>();
        rows.forEach(
                row -> versions.put(row.path("id").asInt(), row.path("version").asInt()));
        return versions;
    }

    private static Map<Integer, Integer> states(TestDatabase database) throws SQLException {
        Map<Integer, Integer> versions = new HashMap<>();
        try (Connection connection = database.connect();
                var statement = connection.createStatement();
                var result = statement.executeQuery("select id, version from accounts")) {
            while (result.next()) {
                versions.put(result.getInt(1), result.getInt(2));
            }
        }
        return versions;
    }
}

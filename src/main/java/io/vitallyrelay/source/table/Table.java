package io.vitallyrelay.source.table;

import io.vitallyrelay.message.Origin;
import io.vitallyrelay.spool.RecordIntake;
import io.vitallyrelay.spool.Spool;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

/**
 * The table of one integration, from poll to poll: keeps its connection and its place, and waits longer after each poll that
 * failed, up to 10 seconds. One thread polls; all other methods are for any thread.
 */
public final class Table {
    private static final Duration FIRST_WAIT = Duration.ofSeconds(1);
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(10);
    private static final int VALIDATION_SECONDS = 5;
    private static final int PATIENCE_SECONDS = 10;
    /** What a page may take, before it is told that a poll waits. */
    private static final Duration USUAL_WAIT = Duration.ofSeconds(5);

    private static final int LONGEST_NOTICE = 1_000;
    private static final int MOST_TOLD = 1_000;

    private final Origin unit;
    private final TableSettings settings;
    private final Database database;
    private final Spool spool;
    private final InstantSource clock;

    /** Held during a poll, and during a reset. */
    private final ReentrantLock polling = new ReentrantLock();

    private volatile boolean resetting;
    private Connection connection;
    private Progress progress;
    private RecordIntake intake;
    private Duration wait = Duration.ZERO;
    private Instant notBefore = Instant.MIN;

    private final DatabaseWait waiting;

    private volatile long polls;
    private volatile String failure;
    private volatile String notice;
    /** All that was told, as each is told once, and a part of it that nobody took yet. */
    private final Set<String> told = new HashSet<>();

    private final Queue<String> news = new ConcurrentLinkedQueue<>();

    /** Puts the rows of a poll through the route. */
    @FunctionalInterface
    public interface Route {
        /** @throws Exception what the route threw; the rows that were not taken are read again */
        void take(TableReading rows) throws Exception;
    }

    /** How a poll ended. */
    public enum Poll {
        /** It was not time for one yet, or a reset is under way. */
        NONE,
        GOOD,
        FAILED,
        /** Failed, for the same reason as the one before. */
        FAILED_AGAIN
    }

    public Table(String integration, TableSettings settings, Database database, Spool spool, InstantSource clock) {
        this.unit = new Origin(integration, "table:" + database.name() + "/" + integration, "");
        this.settings = settings;
        this.database = database;
        this.spool = spool;
        this.clock = clock;
        this.waiting = new DatabaseWait(clock);
    }

    /** Reads what there is to read, unless a poll failed just before. */
    public Poll poll(Route route, BooleanSupplier stopping) {
        if (resetting || clock.instant().isBefore(notBefore)) {
            return Poll.NONE;
        }
        polling.lock();
        try {
            TableReading reading = open(() -> resetting || stopping.getAsBoolean());
            route.take(reading);
            return reading.trouble() == null ? good() : failed(reading.trouble());
        } catch (Throwable e) {
            // an error too: the next poll may do without it, and nobody polls when this thread is gone
            return failed(e);
        } finally {
            polling.unlock();
        }
    }

    private TableReading open(BooleanSupplier stopping) throws SQLException, TableException {
        waiting.begin();
        try {
            connect();
        } finally {
            waiting.end();
        }
        return new TableReading(unit, intake, progress, connection, stopping, waiting);
    }

    private void connect() throws SQLException, TableException {
        if (connection == null || !connection.isValid(VALIDATION_SECONDS)) {
            disconnect();
            connection = database.connect();
        }
        if (progress == null) {
            intake = new RecordIntake(spool.ownedIntake(unit.integration(), unit.unit()));
            progress = settings.marks()
                    ? new ByMark(settings, database.zone(), intake, this::tell)
                    : new ByWatermark(settings, database.zone(), intake.resumeAt(), this::tell);
        }
        progress.begin(connection);
    }

    private Poll good() {
        polls++;
        failure = null;
        wait = Duration.ZERO;
        return Poll.GOOD;
    }

    /** What was not taken is read again, from the place that the spool knows. */
    private Poll failed(Throwable why) {
        disconnect();
        String before = failure;
        failure = database.explain(why);
        wait = wait.isZero() ? FIRST_WAIT : wait.multipliedBy(2);
        wait = wait.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : wait;
        notBefore = clock.instant().plus(wait);
        return failure.equals(before) ? Poll.FAILED_AGAIN : Poll.FAILED;
    }

    /**
     * Forgets where the reading stood: the next poll is a first one.
     *
     * @return where it stood, for people
     * @throws IllegalStateException when rows are marked, or a poll goes on and does not end, as the spool is full
     */
    public String reset() throws InterruptedException {
        if (settings.marks()) {
            throw new IllegalStateException(
                    unit.integration() + " has no watermark: its rows are marked in the table; undo the marks there");
        }
        resetting = true;
        try {
            if (!polling.tryLock(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                throw new IllegalStateException(
                        "a poll of " + unit.integration() + " goes on; try again when it is through");
            }
            try {
                return forget();
            } finally {
                polling.unlock();
            }
        } finally {
            resetting = false;
        }
    }

    private String forget() throws InterruptedException {
        progress = null;
        String stood = TableResumePoint.shown(
                spool.intake(unit.integration(), unit.unit()).resumeAt());
        spool.finish(unit.integration(), unit.unit());
        // the unit goes on, from its start, and that is durable
        spool.intake(unit.integration(), unit.unit()).flush();
        return stood;
    }

    private void tell(String what) {
        String shown = what.length() > LONGEST_NOTICE ? what.substring(0, LONGEST_NOTICE) + "..." : what;
        notice = shown;
        if (told.size() < MOST_TOLD && told.add(shown)) {
            news.add(shown);
        }
    }

    /** What an operator should know of its rows, each once. */
    public List<String> news() {
        List<String> taken = new ArrayList<>();
        for (String one = news.poll(); one != null; one = news.poll()) {
            taken.add(one);
        }
        return taken;
    }

    /** What its database is called among the sources. */
    public String source() {
        return "table " + database.name();
    }

    public TableStatus status() {
        Instant since = waiting.since();
        boolean isLong = since != null && since.plus(USUAL_WAIT).isBefore(clock.instant());
        return new TableStatus(unit.integration(), unit.unit(), polls, failure, isLong ? since : null, notice);
    }

    /** Closes the connection, unless a poll still uses it. */
    public void close() {
        if (polling.tryLock()) {
            disconnect();
            polling.unlock();
        }
    }

    private void disconnect() {
        progress = null;
        try {
            if (connection != null) {
                connection.close();
            }
        } catch (SQLException e) {
            // it is broken, which is why it is closed
        }
        connection = null;
    }
}

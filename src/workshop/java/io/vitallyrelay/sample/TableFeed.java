package io.vitallyrelay.sample;

import java.io.IOException;
import java.nio.file.Files;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/** Runs the statements of a sample, with semicolons at line ends between them, in a database. */
public final class TableFeed implements Feed {
    private final Connector database;
    private final Polls polls;

    /** Opens a connection to the database that the service polls. */
    @FunctionalInterface
    public interface Connector {
        Connection connect() throws SQLException;
    }

    /** Tells how many polls of an integration went well. */
    @FunctionalInterface
    public interface Polls {
        long of(String integration) throws IOException;
    }

    public TableFeed(Connector database, Polls polls) {
        this.database = database;
        this.polls = polls;
    }

    /** Is taken when a poll went well that began behind the last statement: not the one that may go on now, but the next. */
    @Override
    public Fed feed(Sample sample) throws IOException {
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            for (String sql : Files.readString(sample.file()).split(";\\s*\\n")) {
                statement.execute(sql);
            }
        } catch (SQLException e) {
            throw new IOException(sample + ": " + e.getMessage(), e);
        }
        long before = polls.of(sample.integration());
        return () -> polls.of(sample.integration()) >= before + 2;
    }
}

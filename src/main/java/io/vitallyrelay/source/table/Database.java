package io.vitallyrelay.source.table;

import java.sql.Connection;
import java.sql.Driver;
import java.sql.SQLException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Properties;
import java.util.ServiceLoader;

/**
 * A database with its access data.
 *
 * @param name under which integrations know it
 * @param url for JDBC; never shown, as it may hold secrets
 * @param user may be empty
 * @param password may be empty; never shown
 * @param zone of its timestamps that have none
 * @param timeout of a statement, and of the answers to it
 */
public record Database(String name, String url, String user, String password, ZoneId zone, Duration timeout) {
    /** A new connection, whose transactions are ended by hand. */
    Connection connect() throws SQLException {
        Properties access = new Properties();
        if (!user.isEmpty()) {
            access.setProperty("user", user);
        }
        if (!password.isEmpty()) {
            access.setProperty("password", password);
        }
        Dialect.of(url).access(access, timeout);
        // not by DriverManager, which does not see the drivers of every class loader
        for (Driver driver : ServiceLoader.load(Driver.class, Database.class.getClassLoader())) {
            Connection connection = driver.acceptsURL(url) ? driver.connect(url, access) : null;
            if (connection != null) {
                return prepare(connection);
            }
        }
        throw new SQLException("there is no driver for its url; that of MySQL is built in by mvn -Pmysql,"
                + " that of MariaDB by mvn -Pmariadb");
    }

    private Connection prepare(Connection connection) throws SQLException {
        try {
            Dialect.of(connection).prepare(connection, zone, timeout);
            connection.setAutoCommit(false);
            return connection;
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }

    /** What went wrong, in one line without what a driver may repeat of the access data. */
    String explain(Throwable thrown) {
        return Explanation.of(thrown, this);
    }

    @Override
    public String toString() {
        return name;
    }
}

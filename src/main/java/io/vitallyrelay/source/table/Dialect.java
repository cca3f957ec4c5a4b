package io.vitallyrelay.source.table;

import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.Statement;
import java.sql.Types;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Properties;
import java.util.Set;

/** Where databases differ in what a session must be told, and in what a type means. */
enum Dialect {
    STANDARD {
        @Override
        void prepare(Connection connection, ZoneId zone, Duration timeout) throws SQLException {
            try {
                connection.setNetworkTimeout(
                        Runnable::run, Math.toIntExact(silence(timeout).toMillis()));
            } catch (SQLFeatureNotSupportedException e) {
                // its driver has other means, in its url
            }
        }
    },
    H2 {
        @Override
        void prepare(Connection connection, ZoneId zone, Duration timeout) throws SQLException {
            run(connection, "set time zone '" + quoted(zone) + "'", "set query_timeout " + timeout.toMillis());
        }
    },
    POSTGRESQL {
        /** As far as a number goes; since version 14 one lies below them all. */
        private static final BigDecimal LOWEST_NUMBER = new BigDecimal("-1e131071");

        private static final int HAS_INFINITE_NUMBERS = 14;
        /** The types that a text of a parameter is of; those of enums have the same number. */
        private static final Set<String> TEXTS = Set.of("text", "varchar", "bpchar", "char", "name");

        @Override
        WatermarkType watermarkType(int sqlType, String typeName) {
            if (typeName.equals("citext") || typeName.endsWith("\"citext\"")) {
                return WatermarkType.CITEXT;
            }
            WatermarkType type = super.watermarkType(sqlType, typeName);
            return type == WatermarkType.TEXT && !TEXTS.contains(typeName) ? null : type;
        }

        @Override
        Object lowest(WatermarkType type, Connection connection) throws SQLException {
            if (type != WatermarkType.NUMBER) {
                return super.lowest(type, connection);
            }
            return connection.getMetaData().getDatabaseMajorVersion() >= HAS_INFINITE_NUMBERS
                    ? "-Infinity"
                    : LOWEST_NUMBER;
        }

        @Override
        boolean takesLiterals() {
            return true;
        }

        @Override
        void access(Properties access, Duration timeout) {
            access.setProperty("loginTimeout", seconds(timeout));
            access.setProperty("socketTimeout", seconds(silence(timeout)));
            // the one form of a value that does not depend on how often a statement was run
            access.setProperty("binaryTransfer", "false");
            // the detail of an error can be a whole row
            access.setProperty("logServerErrorDetail", "false");
        }

        /** The zone of the session would be that of this machine. */
        @Override
        void prepare(Connection connection, ZoneId zone, Duration timeout) throws SQLException {
            run(
                    connection,
                    // an offset in quotes would count to the west
                    zone.normalized() instanceof ZoneOffset offset
                            ? "set time zone interval '" + hours(offset) + "' hour to minute"
                            : "set time zone '" + quoted(zone) + "'",
                    "set intervalstyle to 'postgres'",
                    "set statement_timeout to " + timeout.toMillis());
        }
    },
    MYSQL {
        /** Its dates have four digits, and its numbers 65. */
        @Override
        Object lowest(WatermarkType type, Connection connection) throws SQLException {
            return switch (type) {
                case LOCAL, UTC -> LocalDateTime.of(1, 1, 1, 0, 0);
                case DATE -> LocalDate.of(1, 1, 1);
                case NUMBER -> new BigDecimal("-1e65");
                default -> super.lowest(type, connection);
            };
        }

        @Override
        void access(Properties access, Duration timeout) {
            access.setProperty("connectTimeout", Long.toString(timeout.toMillis()));
            access.setProperty("socketTimeout", Long.toString(silence(timeout).toMillis()));
        }

        /**
         * A TIMESTAMP is a point in time, which the server shows by the zone of the session, and drivers read as one of this
         * machine. With UTC on both sides neither zone matters.
         */
        @Override
        void prepare(Connection connection, ZoneId zone, Duration timeout) throws SQLException {
            requireDriverOfTheServer(connection);
            run(
                    connection,
                    "set time_zone = '+00:00'",
                    isMariaDb(connection)
                            ? "set max_statement_time = " + seconds(timeout)
                            : "set max_execution_time = " + timeout.toMillis(),
                    "set lock_wait_timeout = " + seconds(timeout));
        }

        @Override
        Cells cells(int sqlType, String typeName) {
            return sqlType == Types.TIMESTAMP && typeName.equalsIgnoreCase(INSTANT)
                    ? Cells.UTC
                    : super.cells(sqlType, typeName);
        }

        @Override
        WatermarkType watermarkType(int sqlType, String typeName) {
            return sqlType == Types.TIMESTAMP && typeName.equalsIgnoreCase(INSTANT)
                    ? WatermarkType.UTC
                    : super.watermarkType(sqlType, typeName);
        }
    };

    /** The other type, DATETIME, has the same number. */
    private static final String INSTANT = "timestamp";
    /** The server breaks a statement off by itself: only one that says nothing any more is left to the socket. */
    private static final Duration SERVER_FIRST = Duration.ofSeconds(10);

    static Dialect of(Connection connection) throws SQLException {
        return of(connection.getMetaData().getURL());
    }

    static Dialect of(String url) {
        if (url.startsWith("jdbc:postgresql:")) {
            return POSTGRESQL;
        } else if (url.startsWith("jdbc:h2:")) {
            return H2;
        }
        return url.startsWith("jdbc:mysql:") || url.startsWith("jdbc:mariadb:") ? MYSQL : STANDARD;
    }

    /** The driver of MySQL takes MariaDB for a MySQL of 2010, and cuts the fractions of seconds off the watermark. */
    private static void requireDriverOfTheServer(Connection connection) throws SQLException {
        if (of(connection) == MYSQL
                && connection.getMetaData().getURL().startsWith("jdbc:mysql:")
                && isMariaDb(connection)) {
            throw new SQLException(
                    "this is MariaDB: write jdbc:mariadb: in its url; that driver is built in by" + " mvn -Pmariadb");
        }
    }

    private static boolean isMariaDb(Connection connection) throws SQLException {
        return connection.getMetaData().getURL().startsWith("jdbc:mariadb:")
                || connection.getMetaData().getDatabaseProductVersion().contains("MariaDB");
    }

    private static void run(Connection connection, String... statements) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    private static String quoted(ZoneId zone) {
        return zone.normalized() instanceof ZoneOffset offset ? hours(offset) : zone.getId();
    }

    private static String hours(ZoneOffset offset) {
        return offset.equals(ZoneOffset.UTC) ? "+00:00" : offset.getId();
    }

    private static Duration silence(Duration timeout) {
        return timeout.plus(SERVER_FIRST);
    }

    private static String seconds(Duration duration) {
        return Long.toString(Math.max(1, duration.toSeconds()));
    }

    /** Adds what the driver is to be told before it connects; what the url says goes before it. */
    void access(Properties access, Duration timeout) {}

    /**
     * Makes a new connection ready to be read by.
     *
     * @param zone of timestamps that have none
     * @param timeout of a statement
     */
    abstract void prepare(Connection connection, ZoneId zone, Duration timeout) throws SQLException;

    Cells cells(int sqlType, String typeName) {
        return Cells.of(sqlType, typeName);
    }

    /** Null for a column that cannot be one of a watermark. */
    WatermarkType watermarkType(int sqlType, String typeName) {
        return WatermarkType.of(sqlType, typeName);
    }

    /** What no value of a column stands before. */
    Object lowest(WatermarkType type, Connection connection) throws SQLException {
        return type.lowest;
    }

    /** Whether a value can be given as text for the database to read, whatever its type is. */
    boolean takesLiterals() {
        return false;
    }
}

package io.vitallyrelay.source.table;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;

/** Where databases differ in what a type means. */
enum Dialect {
    STANDARD {
        @Override
        void prepare(Connection connection) {}
    },
    MYSQL {
        /**
         * A TIMESTAMP is a point in time, which the server shows by the zone of the session, and drivers read as one of this
         * machine. With UTC on both sides neither zone matters.
         */
        @Override
        void prepare(Connection connection) throws SQLException {
            requireDriverOfTheServer(connection);
            try (Statement statement = connection.createStatement()) {
                statement.execute("set time_zone = '+00:00'");
            }
        }

        @Override
        Cells cells(int sqlType, String typeName) {
            return switch (sqlType) {
                case Types.TIMESTAMP -> typeName.equalsIgnoreCase(INSTANT) ? Cells.UTC : Cells.TIMESTAMP;
                case Types.TIME -> Cells.TIME_SPAN;
                default -> super.cells(sqlType, typeName);
            };
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

    static Dialect of(Connection connection) throws SQLException {
        String url = connection.getMetaData().getURL();
        return url.startsWith("jdbc:mysql:") || url.startsWith("jdbc:mariadb:") ? MYSQL : STANDARD;
    }

    /** The driver of MySQL takes MariaDB for a MySQL of 2010, and cuts the fractions of seconds off the watermark. */
    private static void requireDriverOfTheServer(Connection connection) throws SQLException {
        boolean isDriverOfMySql = connection.getMetaData().getURL().startsWith("jdbc:mysql:");
        if (isDriverOfMySql
                && connection.getMetaData().getDatabaseProductVersion().contains("MariaDB")) {
            throw new SQLException(
                    "this is MariaDB: write jdbc:mariadb: in its url; that driver is built in by" + " mvn -Pmariadb");
        }
    }

    /** Makes a new connection ready to be read by. */
    abstract void prepare(Connection connection) throws SQLException;

    Cells cells(int sqlType, String typeName) {
        return Cells.of(sqlType, typeName);
    }

    /** Null for a column that cannot be one of a watermark. */
    WatermarkType watermarkType(int sqlType, String typeName) {
        return WatermarkType.of(sqlType, typeName);
    }
}

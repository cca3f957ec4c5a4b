package io.vitallyrelay.source.table;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.function.Consumer;
import org.postgresql.PGResultSetMetaData;

/** Counts the rows that no watermark finds, as null is behind nothing. */
final class RowsWithoutWatermark {
    /** It is to be known, and nothing is to wait for it. */
    private static final int PATIENCE_SECONDS = 5;

    private RowsWithoutWatermark() {}

    /** Says how many there are for each column, where that can be known: not of a view. */
    static void tell(Connection connection, TableSettings settings, Consumer<String> notices) throws SQLException {
        try (PreparedStatement query =
                connection.prepareStatement(settings.query().text())) {
            for (String column : settings.watermark()) {
                Source source = source(query.getMetaData(), column);
                long rows = source == null ? 0 : count(connection, source);
                if (rows > 0) {
                    notices.accept(rows + (rows == 1 ? " row of " : " rows of ") + source.table + " without " + column
                            + ", which no watermark finds for certain: select and compare a value in its place, as by"
                            + " coalesce, if they are to be sent");
                }
            }
        } catch (SQLException e) {
            connection.rollback();
        }
    }

    private static long count(Connection connection, Source source) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.setQueryTimeout(PATIENCE_SECONDS);
            try (ResultSet result =
                    statement.executeQuery(source.count(connection.getMetaData().getIdentifierQuoteString()))) {
                result.next();
                return result.getLong(1);
            }
        }
    }

    private record Source(String schema, String table, String column) {
        String count(String quote) {
            String from = schema.isEmpty() ? "" : quote + schema + quote + ".";
            return "select count(*) from " + from + quote + table + quote + " where " + quote + column + quote
                    + " is null";
        }
    }

    /** The column of a table that a column of the query is; null where it is none, or is never null. */
    private static Source source(ResultSetMetaData columns, String name) throws SQLException {
        for (int i = 1; i <= columns.getColumnCount(); i++) {
            if (columns.getColumnLabel(i).equalsIgnoreCase(name)) {
                if (columns.isNullable(i) == ResultSetMetaData.columnNoNulls) {
                    return null;
                }
                Source source = columns.isWrapperFor(PGResultSetMetaData.class)
                        ? source(columns.unwrap(PGResultSetMetaData.class), i)
                        : new Source(columns.getSchemaName(i), columns.getTableName(i), columns.getColumnName(i));
                boolean isColumn = source.table != null && !source.table.isEmpty() && !source.column.isEmpty();
                return isColumn ? source : null;
            }
        }
        return null;
    }

    private static Source source(PGResultSetMetaData columns, int i) throws SQLException {
        return new Source(columns.getBaseSchemaName(i), columns.getBaseTableName(i), columns.getBaseColumnName(i));
    }
}

package io.vitallyrelay.source.table;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads one page of a query into memory, in a transaction of its own: no transaction is open while its rows wait for room in
 * the spool.
 */
final class Pages {
    /** A page ends early at this many characters. */
    private static final int PAGE_CHARACTERS = 4 * 1024 * 1024;
    /** Rows that the driver has in memory beside those of the page. */
    private static final int FETCH_SIZE = 100;

    private final TableSettings settings;
    private final ZoneId zone;

    Pages(TableSettings settings, ZoneId zone) {
        this.settings = settings;
        this.zone = zone;
    }

    /** Gives the value of a parameter by its name. */
    @FunctionalInterface
    interface Values {
        Object of(String name);
    }

    /**
     * @param rows in the order of the query
     * @param last whether there were no more
     */
    record Page(List<Row> rows, boolean last) {}

    /** The columns of the query, without running it. */
    Columns columns(Connection connection) throws SQLException, TableException {
        try (PreparedStatement query =
                connection.prepareStatement(settings.query().text())) {
            if (query.getMetaData() == null) {
                throw new TableException("query: must be a select");
            }
            return new Columns(query.getMetaData(), settings, Dialect.of(connection), zone);
        }
    }

    Page read(Connection connection, Values values) throws SQLException, TableException {
        List<Row> rows = new ArrayList<>();
        boolean last;
        try (PreparedStatement query =
                connection.prepareStatement(settings.query().text())) {
            query.setFetchSize(Math.min(FETCH_SIZE, settings.pageSize()));
            List<String> names = settings.query().names();
            for (int i = 0; i < names.size(); i++) {
                String name = names.get(i);
                query.setObject(i + 1, name.equals(TableSettings.LIMIT) ? settings.pageSize() : values.of(name));
            }
            try (ResultSet result = query.executeQuery()) {
                last = read(result, Dialect.of(connection), rows);
            }
        }
        connection.commit();
        return new Page(rows, last);
    }

    /** @return whether there are no more */
    private boolean read(ResultSet result, Dialect dialect, List<Row> rows) throws SQLException, TableException {
        Columns columns = new Columns(result.getMetaData(), settings, dialect, zone);
        long characters = 0;
        while (result.next()) {
            Row row = columns.row(result);
            rows.add(row);
            characters += row.size();
            if (rows.size() == settings.pageSize() || characters > PAGE_CHARACTERS) {
                return false;
            }
        }
        return true;
    }
}

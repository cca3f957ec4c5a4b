package io.vitallyrelay.source.table;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

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

    /** Binds a parameter other than the limit, by its name. */
    @FunctionalInterface
    interface Values {
        void bind(PreparedStatement query, int index, String name) throws SQLException;
    }

    /**
     * What is read.
     *
     * @param limit rows at most, with those that are passed over
     * @param kept takes each row as it comes, and gives it, another one for it, or null where it is passed over
     */
    record Cut(NamedSql query, Values values, int limit, UnaryOperator<Row> kept) {}

    /**
     * @param rows in the order of the query
     * @param last whether there were no more
     */
    record Page(List<Row> rows, boolean last) {}

    /**
     * The columns of the watermark.
     *
     * @param canBeNull whether one behind the first may be
     */
    record Watermark(List<WatermarkType> types, boolean canBeNull) {}

    /** Finds it out without running the query. */
    Watermark watermark(Connection connection) throws SQLException, TableException {
        try (PreparedStatement query =
                connection.prepareStatement(settings.query().text())) {
            if (query.getMetaData() == null) {
                throw new TableException("query: must be a select");
            }
            Columns columns = new Columns(query.getMetaData(), settings, Dialect.of(connection), zone);
            return new Watermark(columns.watermarkTypes(), columns.watermarkCanBeNull(query.getMetaData()));
        }
    }

    Page read(Connection connection, Cut cut) throws SQLException, TableException {
        List<Row> rows = new ArrayList<>();
        boolean last;
        try (PreparedStatement query = connection.prepareStatement(cut.query.text())) {
            query.setFetchSize(Math.min(FETCH_SIZE, settings.pageSize()));
            List<String> names = cut.query.names();
            for (int i = 0; i < names.size(); i++) {
                if (names.get(i).equals(TableSettings.LIMIT)) {
                    query.setObject(i + 1, cut.limit);
                } else {
                    cut.values.bind(query, i + 1, names.get(i));
                }
            }
            try (ResultSet result = query.executeQuery()) {
                last = read(result, Dialect.of(connection), cut, rows);
            }
        }
        connection.commit();
        return new Page(rows, last);
    }

    /** @return whether there are no more */
    private boolean read(ResultSet result, Dialect dialect, Cut cut, List<Row> rows)
            throws SQLException, TableException {
        Columns columns = new Columns(result.getMetaData(), settings, dialect, zone);
        long characters = 0;
        int passedOver = 0;
        while (result.next()) {
            Row row = cut.kept.apply(columns.row(result));
            if (row == null) {
                passedOver++;
            } else {
                rows.add(row);
                characters += row.size();
            }
            if (rows.size() == settings.pageSize()
                    || rows.size() + passedOver == cut.limit
                    || characters > PAGE_CHARACTERS) {
                return false;
            }
        }
        return true;
    }
}

package io.vitallyrelay.source.table;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Reads a table page by page in the order of its watermark, strictly behind the last row; gives each row the watermark behind
 * which the reading goes on after it. For one thread.
 */
final class WatermarkPages {
    private static final int LONGEST_TEXT = 500;

    private final TableSettings settings;
    private final ZoneId zone;
    private final Pages pages;
    private List<WatermarkType> types;
    /** Whether a row may be behind no other with the same timestamp, as its key is null. */
    private boolean canBeNull;

    /** Null at the beginning of the table. */
    private List<Object> from;
    /** Rows behind {@link #from} that were read: they come again with the next page. */
    private Set<Long> ahead = new HashSet<>();

    private boolean through;

    WatermarkPages(TableSettings settings, ZoneId zone) {
        this.settings = settings;
        this.zone = zone;
        this.pages = new Pages(settings, zone);
    }

    /** Those of the watermark's columns. */
    List<WatermarkType> types(Connection connection) throws SQLException, TableException {
        if (types == null) {
            Pages.Watermark watermark = pages.watermark(connection);
            types = watermark.types();
            canBeNull = watermark.canBeNull();
        }
        return types;
    }

    /** Whether the watermark begins with a point in time. */
    boolean areInTime() {
        return types.get(0).isTime();
    }

    /** The next page is the first one behind that watermark; of the table, where it is null. */
    void begin(List<Object> behind) {
        from = behind;
        ahead = new HashSet<>();
        through = false;
    }

    /** There is no next page, or nobody wants it. */
    void end() {
        through = true;
    }

    boolean areThrough() {
        return through;
    }

    /** Reads the next page; it can be empty. @throws TableException when the query does not keep to the order */
    List<Row> read(Connection connection) throws SQLException, TableException {
        Map<Long, Integer> same = new HashMap<>();
        Pages.Page page = pages.read(
                connection,
                new Pages.Cut(
                        from == null ? settings.query().inclusive() : settings.query(),
                        values(connection),
                        settings.pageSize() + ahead.size(),
                        row -> kept(row, same)));
        List<Row> rows = page.rows();
        requireOrder(rows);
        through = page.last();
        Row next = null;
        if (!through && rows.size() > 1) {
            // read again with the next page: two rows of one watermark would be told there, and not be torn apart
            next = rows.remove(rows.size() - 1);
            if (canBeNull) {
                leaveTogether(rows, next);
            }
        }
        return placed(rows, next);
    }

    /** Rows of one timestamp are for one page, where they have room: behind one of them those without a key are not found. */
    private static void leaveTogether(List<Row> rows, Row next) {
        Object begins = next.watermark().get(0);
        int end = rows.size();
        while (end > 0 && Objects.equals(rows.get(end - 1).watermark().get(0), begins)) {
            end--;
        }
        if (end > 0) {
            rows.subList(end, rows.size()).clear();
        }
    }

    private Pages.Values values(Connection connection) throws SQLException {
        Dialect dialect = Dialect.of(connection);
        return (query, index, name) -> bind(query, index, settings.watermark().indexOf(name), dialect, connection);
    }

    private void bind(PreparedStatement query, int index, int column, Dialect dialect, Connection connection)
            throws SQLException {
        WatermarkType type = types.get(column);
        type.bind(query, index, from == null ? dialect.lowest(type, connection) : from.get(column));
    }

    /** Rows without a watermark of their own can be the same in all, and are several nevertheless. */
    private Row kept(Row row, Map<Long, Integer> same) {
        Row kept = row;
        if (row.watermark().contains(null)) {
            int number = same.merge(row.fingerprint(), 1, Integer::sum);
            kept = number == 1 ? row : row.numbered(number);
        }
        return !ahead.isEmpty() && ahead.contains(kept.fingerprint()) ? null : kept;
    }

    private void requireOrder(List<Row> rows) throws TableException {
        List<Object> before = from;
        for (Row row : rows) {
            int order = before == null ? 1 : compare(row.watermark(), before);
            if (order <= 0) {
                throw new TableException(
                        order == 0
                                ? "query: a row with the watermark " + row.position()
                                        + " came behind another with the same:"
                                        + " compare by > and not by >=, and end the watermark in a column that differs"
                                : "query: rows must come in the order of the watermark, by \"order by "
                                        + String.join(", ", settings.watermark()) + "\"; " + row.position()
                                        + " came behind "
                                        + before);
            }
            before = row.watermark();
        }
    }

    private int compare(List<Object> values, List<Object> before) {
        for (int i = 0; i < types.size(); i++) {
            if (values.get(i) == null || before.get(i) == null) {
                return 1;
            }
            int order = types.get(i).compare(values.get(i), before.get(i));
            if (order != 0) {
                return order;
            }
        }
        return 0;
    }

    /**
     * Gives each row the watermark behind it, and moves to the last from which the next page can be read.
     *
     * @param next the row behind them, null where none is known
     */
    private List<Row> placed(List<Row> rows, Row next) {
        List<Row> placed = new ArrayList<>(rows.size());
        for (int i = 0; i < rows.size(); i++) {
            Row row = rows.get(i);
            Row behind = i + 1 < rows.size() ? rows.get(i + 1) : next;
            List<Object> reached = place(row, behind, Integer.MAX_VALUE);
            if (reached == null) {
                ahead.add(row.fingerprint());
            } else {
                from = reached;
                ahead = new HashSet<>();
            }
            placed.add(row.before(place(row, behind, LONGEST_TEXT), isOpen(row, behind)));
        }
        return placed;
    }

    /**
     * The place behind a row. Where a part of its watermark cannot be used, all rows with the parts before it, if this is the
     * last of them.
     */
    private List<Object> place(Row row, Row behind, int longestText) {
        List<Object> values = row.watermark();
        int usable = 0;
        while (usable < values.size() && isUsable(values.get(usable), longestText)) {
            usable++;
        }
        if (usable == values.size()) {
            return values;
        }
        List<Object> before = values.subList(0, usable);
        // no row comes late with a timestamp that is over
        boolean last = behind == null
                ? through && !settings.lookBack().isZero()
                : !before.equals(behind.watermark().subList(0, usable));
        if (before.isEmpty() || !last) {
            return null;
        }
        List<Object> place = new ArrayList<>(before);
        while (place.size() < values.size()) {
            place.add(null);
        }
        return place;
    }

    private boolean isOpen(Row row, Row behind) {
        Object begins = row.watermark().get(0);
        return begins != null
                && types.get(0).lasts(begins, zone)
                && (behind == null
                        || behind.watermark().get(0) == null
                        || types.get(0).isOneSpan(begins, behind.watermark().get(0), zone));
    }

    private static boolean isUsable(Object value, int longestText) {
        return value != null && !(value instanceof String text && text.length() > longestText);
    }
}

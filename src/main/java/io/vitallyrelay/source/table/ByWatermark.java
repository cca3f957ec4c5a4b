package io.vitallyrelay.source.table;

import io.vitallyrelay.spool.ResumePoint;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Goes through a table in the order of its watermark, strictly behind the last row.
 *
 * <p>With a look-back, for a row gets its timestamp first and is committed later, when rows with newer timestamps may have been
 * read: a poll begins at the <em>floor</em>, behind which alone such rows can come up, and passes over those that it remembers.
 * The floor is the last row that was older than the look-back, by the clock of the database, before its page was read.
 *
 * <p>The floor stays too before a row behind which alone the reading cannot go on: one whose watermark is null in part, or too
 * long for a resume point. Such rows are remembered until there is a place behind them.
 */
final class ByWatermark implements Progress {
    private static final int LONGEST_TEXT = 500;
    /** So many rows with a watermark that is never over, such as {@code infinity}, are remembered: others need room too. */
    private static final int MOST_FOREVER = 1_000;
    /** So many of a day that is over by the clock: each poll reads them again, until there are rows of a later one. */
    private static final int MOST_OPEN = 500;

    private final TableSettings settings;
    private final ZoneId zone;
    private final Pages pages;
    private final String resumeAt;
    private final Consumer<String> notices;

    private List<WatermarkType> types;
    /** Whether a row may be behind no other with the same timestamp, as its key is null. */
    private boolean canBeNull;
    /** Null at the beginning of the table. */
    private List<Object> floor;

    private Remembered remembered;
    /** Whether this is the first poll, and passes over all that is there. */
    private boolean skips;

    // of one poll
    private List<Object> from;
    /** Rows behind {@link #from} that were read: they come again with the next page. */
    private Set<Long> ahead = new HashSet<>();
    /** All rows up to this moment were committed when the page was read. */
    private Instant settled = Instant.EPOCH;
    /** Whether it met a row that is younger. */
    private boolean floorStays;
    /** Remembered rows behind the floor that it met. */
    private final Set<Long> met = new HashSet<>();
    /** Those of them that are settled, and keep the floor where it is. */
    private final Set<Long> pinned = new HashSet<>();
    /** Whether it leaves rows for another. */
    private boolean left;

    private boolean through;

    /** @param notices is told what an operator should know, and does not end a poll */
    ByWatermark(TableSettings settings, ZoneId zone, String resumeAt, Consumer<String> notices) {
        this.settings = settings;
        this.zone = zone;
        this.pages = new Pages(settings, zone);
        this.resumeAt = resumeAt;
        this.notices = notices;
    }

    @Override
    public void begin(Connection connection) throws SQLException, TableException {
        if (types == null) {
            Pages.Watermark watermark = pages.watermark(connection);
            remember(watermark.types());
            types = watermark.types();
            canBeNull = watermark.canBeNull();
            RowsWithoutWatermark.tell(connection, settings, notices);
        }
        from = floor;
        ahead = new HashSet<>();
        met.clear();
        pinned.clear();
        floorStays = false;
        left = false;
        through = false;
    }

    private void remember(List<WatermarkType> columnTypes) throws TableException {
        if (resumeAt.isEmpty()) {
            remembered = new Remembered();
            skips = settings.first() == FirstPoll.NOW;
            return;
        }
        TableResumePoint point = TableResumePoint.decode(resumeAt);
        if (!point.columns().equals(settings.watermark())) {
            throw new TableException("watermark: is now " + settings.watermark() + ", but the table was read by "
                    + point.columns() + ": change it back, or reset it, which sends the whole table again");
        }
        try {
            floor = point.floor().isEmpty() ? null : decode(point.floor(), columnTypes);
            remembered = Remembered.decode(point.taken());
        } catch (RuntimeException e) {
            throw new TableException("watermark: the table was read up to " + point.floor()
                    + ", which is not of the types " + columnTypes + " of " + settings.watermark()
                    + ": reset it, which sends the whole table again");
        }
    }

    private static List<Object> decode(List<String> texts, List<WatermarkType> types) {
        List<Object> values = new ArrayList<>();
        for (int i = 0; i < types.size(); i++) {
            String text = texts.get(i);
            values.add(text == null ? null : types.get(i).decode(text));
        }
        return values;
    }

    @Override
    public List<Row> nextPage(Connection connection) throws SQLException, TableException {
        List<Row> rows = List.of();
        while (rows.isEmpty() && !through) {
            if (types.get(0).isTime() && !floorStays) {
                settled = now(connection).minus(settings.lookBack());
            }
            rows = read(connection);
        }
        if (rows.isEmpty()) {
            finish();
        }
        return rows;
    }

    private void finish() {
        if (!left) {
            // gone, or something else by now
            remembered.retain(met);
        }
        if (!floorStays) {
            forget();
        }
    }

    private List<Row> read(Connection connection) throws SQLException, TableException {
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

    /** The clock by which timestamps are made. */
    private static Instant now(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet now = statement.executeQuery("select current_timestamp")) {
            now.next();
            ResultSetMetaData metaData = now.getMetaData();
            WatermarkType type = WatermarkType.of(metaData.getColumnType(1), metaData.getColumnTypeName(1));
            // one without a zone is in UTC: see Dialect
            return type.over(type.read(now, 1), ZoneOffset.UTC);
        }
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

    @Override
    public Judgement judge(Row row) {
        if (skips) {
            return Judgement.PASS_OVER;
        }
        if (!floorStays && !isSettled(row)) {
            floorStays = true;
            forget();
        }
        if (!remembered.isEmpty() && remembered.contains(row.fingerprint())) {
            return Judgement.PASS_OVER;
        }
        if (!hasRoom(row)) {
            notices.accept(
                    "more rows than can be remembered have a watermark that is null in part, too long, or never over,"
                            + " as of infinity: " + row.position()
                            + " and others are not read; leave them out or mend them");
            return Judgement.PASS_OVER;
        }
        if (floorStays && remembered.isFull()) {
            notices.accept("more rows than can be remembered, " + Remembered.MOST
                    + ", are younger than the look-back: the rest is read when they are older");
            left = true;
            through = true;
            return Judgement.LEAVE;
        }
        return Judgement.TAKE;
    }

    private boolean hasRoom(Row row) {
        if (isForever(row)) {
            return remembered.forever() < MOST_FOREVER;
        }
        return row.watermark() != null || !remembered.isFull();
    }

    private static boolean isForever(Row row) {
        return row.over() != null && row.over().getEpochSecond() >= Remembered.NEVER.getEpochSecond();
    }

    /** Those which were not found again up to the moment that is settled: they are gone, or have another timestamp by now. */
    private void forget() {
        remembered.forget(settled, pinned);
    }

    private boolean isSettled(Row row) {
        return !floorStays && (row.over() == null || !row.over().isAfter(settled));
    }

    @Override
    public void passedOver(Row row) {
        if (skips && !isForever(row) && row.watermark() != null) {
            floor = row.watermark();
        } else if (skips) {
            keep(row);
        } else {
            met.add(row.fingerprint());
            reach(row);
        }
    }

    @Override
    public ResumePoint taken(Row row) {
        if (!reach(row)) {
            keep(row);
        }
        return resumePoint();
    }

    /** @return whether the row needs not be remembered, as the floor is behind it */
    private boolean reach(Row row) {
        if (!isSettled(row)) {
            return false;
        } else if (row.watermark() == null || row.open() && pinned.size() < MOST_OPEN && !remembered.isFull()) {
            pinned.add(row.fingerprint());
            return false;
        }
        floor = row.watermark();
        remembered.remove(pinned);
        pinned.clear();
        return true;
    }

    private void keep(Row row) {
        if (!remembered.isFull()) {
            long fingerprint = row.fingerprint();
            remembered.add(fingerprint, row.over() == null ? Instant.EPOCH : row.over());
            met.add(fingerprint);
        }
    }

    @Override
    public ResumePoint end() {
        boolean skipped = skips;
        skips = false;
        return skipped ? resumePoint() : null;
    }

    private ResumePoint resumePoint() {
        List<Object> reached = floor == null ? List.of() : floor;
        String taken = remembered.encode();
        return () -> TableResumePoint.of(settings.watermark(), reached, taken).encode();
    }
}

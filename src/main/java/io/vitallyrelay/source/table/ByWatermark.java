package io.vitallyrelay.source.table;

import io.vitallyrelay.spool.ResumePoint;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/**
 * Goes through a table in the order of its watermark, strictly behind the last row.
 *
 * <p>With a look-back, for a row gets its timestamp first and is committed later, when rows with newer timestamps may have been
 * read: a poll begins at the <em>floor</em>, behind which alone such rows can come up, and passes over those that it remembers.
 * The floor is the last row that was older than the look-back, by the clock of the database, before its page was read.
 */
final class ByWatermark implements Progress {
    private static final int LONGEST_TEXT = 500;

    private final TableSettings settings;
    private final Pages pages;
    private final String resumeAt;

    private List<WatermarkType> types;
    private List<Object> floor;
    private Remembered remembered;
    /** Whether this is the first poll, and passes over all that is there. */
    private boolean skips;

    // of one poll
    private List<Object> from;
    /** All rows up to this moment were committed when the page was read. */
    private Instant settled = Instant.MIN;
    /** Whether it met a row that is younger. */
    private boolean floorStays;

    private boolean through;

    ByWatermark(TableSettings settings, ZoneId zone, String resumeAt) {
        this.settings = settings;
        this.pages = new Pages(settings, zone);
        this.resumeAt = resumeAt;
    }

    @Override
    public void begin(Connection connection) throws SQLException, TableException {
        if (types == null) {
            types = pages.columns(connection).watermarkTypes();
            remember();
        }
        from = floor;
        floorStays = false;
        through = false;
    }

    private void remember() throws TableException {
        if (resumeAt.isEmpty()) {
            floor = types.stream().map(type -> type.lowest).toList();
            remembered = new Remembered();
            skips = settings.first() == First.NOW;
            return;
        }
        Place place = Place.decode(resumeAt);
        if (!place.columns().equals(settings.watermark())) {
            throw new TableException("watermark: is now " + settings.watermark() + ", but the table was read by "
                    + place.columns() + ": change it back, or reset it, which sends the whole table again");
        }
        try {
            floor = decode(place.floor());
            remembered = Remembered.decode(place.taken());
        } catch (RuntimeException e) {
            throw new TableException(
                    "watermark: the table was read up to " + place.floor() + ", which is not of the types " + types
                            + " of " + settings.watermark() + ": reset it, which sends the whole table again");
        }
    }

    private List<Object> decode(List<String> texts) {
        List<Object> values = new ArrayList<>();
        for (int i = 0; i < types.size(); i++) {
            values.add(types.get(i).decode(texts.get(i)));
        }
        return values;
    }

    @Override
    public List<Row> nextPage(Connection connection) throws SQLException, TableException {
        if (through) {
            if (!floorStays) {
                forget();
            }
            return List.of();
        }
        if (!settings.lookBack().isZero() && !floorStays) {
            settled = now(connection).minus(settings.lookBack());
        }
        Pages.Page page =
                pages.read(connection, name -> from.get(settings.watermark().indexOf(name)));
        List<Row> rows = page.rows();
        requireOrder(rows);
        through = page.last();
        if (!through && rows.size() > 1) {
            // read again with the next page: two rows of one watermark would be told there, and not be torn apart
            rows.remove(rows.size() - 1);
        }
        if (!rows.isEmpty()) {
            from = rows.get(rows.size() - 1).watermark();
        }
        return rows;
    }

    /** The clock by which timestamps are made. */
    private static Instant now(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet now = statement.executeQuery("select current_timestamp")) {
            now.next();
            ResultSetMetaData metaData = now.getMetaData();
            WatermarkType type = WatermarkType.of(metaData.getColumnType(1), metaData.getColumnTypeName(1));
            // one without a zone is in UTC: see Dialect
            return type.instant(type.read(now, 1), ZoneOffset.UTC);
        }
    }

    private void requireOrder(List<Row> rows) throws TableException {
        List<Object> before = from;
        for (Row row : rows) {
            requireShort(row);
            int order = compare(row.watermark(), before);
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

    /** It has to have room in a resume point. */
    private static void requireShort(Row row) throws TableException {
        for (Object value : row.watermark()) {
            if (value instanceof String text && text.length() > LONGEST_TEXT) {
                throw new TableException("watermark: a text of it has " + text.length() + " characters, at most "
                        + LONGEST_TEXT + " are allowed");
            }
        }
    }

    private int compare(List<Object> values, List<Object> before) {
        for (int i = 0; i < types.size(); i++) {
            int order = types.get(i).compare(values.get(i), before.get(i));
            if (order != 0) {
                return order;
            }
        }
        return 0;
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
        if (floorStays && remembered.isFull()) {
            through = true;
            return Judgement.LEAVE;
        }
        return Judgement.TAKE;
    }

    /** Those which were not found again up to the moment that is settled: they are gone, or have another timestamp by now. */
    private void forget() {
        remembered.forget(settled);
    }

    private boolean isSettled(Row row) {
        return !floorStays && (settings.lookBack().isZero() || !row.at().isAfter(settled));
    }

    @Override
    public void passedOver(Row row) {
        if (skips || isSettled(row)) {
            floor = row.watermark();
        }
    }

    @Override
    public ResumePoint taken(Row row) {
        if (isSettled(row)) {
            floor = row.watermark();
        } else {
            remembered.add(row.fingerprint(), row.at());
        }
        return place();
    }

    @Override
    public ResumePoint end() {
        boolean skipped = skips;
        skips = false;
        return skipped ? place() : null;
    }

    private ResumePoint place() {
        List<Object> reached = floor;
        String taken = remembered.encode();
        return () -> Place.of(settings.watermark(), reached, taken).encode();
    }
}

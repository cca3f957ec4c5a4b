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
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Goes through a table by {@link WatermarkPages}. With a look-back, for a row gets its timestamp first and is committed later, when rows with newer timestamps may have been
 * read: a poll begins at the <em>floor</em>, behind which alone such rows can come up, and passes over those that it remembers.
 * The floor is the last row that was older than the look-back, by the clock of the database, before its page was read.
 *
 * <p>The floor stays too before a row behind which alone the reading cannot go on: one whose watermark is null in part, or too
 * long for a resume point. Such rows are remembered until there is a place behind them.
 */
final class ByWatermark implements Progress {
    /** So many rows with a watermark that is never over, such as {@code infinity}, are remembered: others need room too. */
    private static final int MOST_FOREVER = 1_000;
    /** So many of a day that is over by the clock: each poll reads them again, until there are rows of a later one. */
    private static final int MOST_OPEN = 500;

    private final TableSettings settings;
    private final WatermarkPages pages;
    private final String resumeAt;
    private final Consumer<String> notices;

    /** Null at the beginning of the table. */
    private List<Object> floor;

    private Remembered remembered;
    /** Whether this is the first poll, and passes over all that is there. */
    private boolean skips;

    // of one poll
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

    /** @param notices is told what an operator should know, and does not end a poll */
    ByWatermark(TableSettings settings, ZoneId zone, String resumeAt, Consumer<String> notices) {
        this.settings = settings;
        this.pages = new WatermarkPages(settings, zone);
        this.resumeAt = resumeAt;
        this.notices = notices;
    }

    @Override
    public void begin(Connection connection) throws SQLException, TableException {
        if (remembered == null) {
            remember(pages.types(connection));
            RowsWithoutWatermark.tell(connection, settings, notices);
        }
        pages.begin(floor);
        met.clear();
        pinned.clear();
        floorStays = false;
        left = false;
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
        while (rows.isEmpty() && !pages.areThrough()) {
            if (pages.areInTime() && !floorStays) {
                settled = now(connection).minus(settings.lookBack());
            }
            rows = pages.read(connection);
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
            pages.end();
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

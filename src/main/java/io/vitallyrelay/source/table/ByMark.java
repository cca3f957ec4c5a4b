package io.vitallyrelay.source.table;

import io.vitallyrelay.spool.Intake;
import io.vitallyrelay.spool.ResumePoint;
import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Takes a page of rows into the spool, waits until they are durable, and then marks them in the table.
 *
 * <p>After a crash between the two the rows are read again. The resume point has the fingerprints of those that were taken and
 * may not be marked yet: they are passed over, and marked.
 */
final class ByMark implements Progress {
    /** Two pages: the one at work, and one from before a crash, of which nobody knows whether it was marked. */
    private static final int BYTES = 2 * TableSettings.LARGEST_PAGE * Long.BYTES;

    private final TableSettings settings;
    private final Pages pages;
    private final Intake intake;

    /** Rows that were taken, and are not known to be marked. */
    private final Set<Long> unmarked = new HashSet<>();
    /** The same in the order in which they were taken: a resume point holds those up to its row. */
    private ByteBuffer taken = ByteBuffer.allocate(BYTES);

    private final List<List<Object>> marks = new ArrayList<>();
    /** The rows of the page before. */
    private Set<Long> marked = Set.of();

    ByMark(TableSettings settings, ZoneId zone, Intake intake) throws TableException {
        this.settings = settings;
        this.pages = new Pages(settings, zone);
        this.intake = intake;
        try {
            taken.put(Base64.getDecoder().decode(intake.resumeAt()));
        } catch (RuntimeException e) {
            throw new TableException(
                    "the spool has " + intake.resumeAt() + " for rows that were taken and may not be marked");
        }
        remember();
    }

    private void remember() {
        unmarked.clear();
        for (int i = 0; i < taken.position(); i += Long.BYTES) {
            unmarked.add(taken.getLong(i));
        }
    }

    @Override
    public void begin(Connection connection) {
        marked = Set.of();
    }

    @Override
    public List<Row> nextPage(Connection connection) throws SQLException, TableException, InterruptedException {
        if (!marks.isEmpty()) {
            intake.flush();
            mark(connection);
            marked();
        }
        return pages.read(connection, name -> null).rows();
    }

    private void mark(Connection connection) throws SQLException {
        try (PreparedStatement update =
                connection.prepareStatement(settings.mark().text())) {
            for (List<Object> values : marks) {
                for (int i = 0; i < values.size(); i++) {
                    update.setObject(i + 1, values.get(i));
                }
                update.addBatch();
            }
            update.executeBatch();
        }
        connection.commit();
    }

    private void marked() {
        marks.clear();
        marked = Set.copyOf(unmarked);
        unmarked.clear();
        // a new one: resume points that were not written yet still look at the old
        taken = ByteBuffer.allocate(BYTES);
    }

    @Override
    public Judgement judge(Row row) throws TableException {
        long fingerprint = row.fingerprint();
        if (marked.contains(fingerprint)) {
            throw new TableException(
                    "mark: the row " + row.position() + " was marked, and the query yields it again as it was:"
                            + " the mark must change what the query selects by");
        }
        return unmarked.contains(fingerprint) ? Judgement.PASS_OVER : Judgement.TAKE;
    }

    @Override
    public void passedOver(Row row) {
        marks.add(row.marks());
    }

    @Override
    public ResumePoint taken(Row row) {
        if (!taken.hasRemaining()) {
            forgetOlderHalf();
        }
        long fingerprint = row.fingerprint();
        unmarked.add(fingerprint);
        taken.putLong(fingerprint);
        marks.add(row.marks());
        byte[] all = taken.array();
        int end = taken.position();
        // only the bytes behind the end are still written
        return () -> Base64.getEncoder().withoutPadding().encodeToString(Arrays.copyOf(all, end));
    }

    /** Crashes left more pages than one: those of the older were marked, or their rows would have come again. */
    private void forgetOlderHalf() {
        taken = ByteBuffer.allocate(BYTES).put(taken.array(), BYTES / 2, BYTES / 2);
        remember();
    }

    @Override
    public ResumePoint end() {
        return null;
    }
}

package io.vitallyrelay.source.table;

import io.vitallyrelay.spool.RecordIntake;
import io.vitallyrelay.spool.ResumePoint;
import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * Takes a page of rows into the spool, waits until they are durable, and then marks them in the table.
 *
 * <p>After a crash between the two the rows are read again. The resume point has the fingerprints of those that were taken and
 * may not be marked yet: they are passed over, and marked.
 *
 * <p>It has those too whose mark was refused: the query yields them on and on. They are passed over, and pages are larger by
 * them. After a start their mark is tried once more.
 */
final class ByMark implements Progress {
    /** Two pages: the one at work, and one from before a crash, of which nobody knows whether it was marked. */
    private static final int BYTES = 2 * TableSettings.LARGEST_PAGE * Long.BYTES;
    /** So many have room in a resume point beside those. */
    static final int MOST_REFUSED = 1_000;

    private static final String REFUSED = ".";
    private static final int NAMED = 3;

    private final TableSettings settings;
    private final Pages pages;
    private final Marks marking;
    private final RecordIntake intake;
    private final Consumer<String> notices;

    /** Rows that were taken, and are not known to be marked. */
    private final Set<Long> unmarked = new HashSet<>();
    /** The same in the order in which they were taken: a resume point holds those up to its row. */
    private ByteBuffer taken = ByteBuffer.allocate(BYTES);
    /** Rows that were taken, and whose mark was refused. */
    private final Set<Long> refused = new LinkedHashSet<>();
    /** Those of them whose mark was not tried since the start. */
    private final Set<Long> untried = new HashSet<>();
    /** As a resume point has the refused; null when it is to be made anew. */
    private String encodedRefused;
    /** Whether the refused changed since the last resume point. */
    private boolean refusedChanged;

    private final List<Marks.Mark> marks = new ArrayList<>();
    /** The rows of the page before. */
    private Set<Long> marked = Set.of();
    /** Whether one of them was refused before: that it comes again says nothing of the others. */
    private boolean wereRefused;

    /** @param notices is told what an operator should know, and does not end a poll */
    ByMark(TableSettings settings, ZoneId zone, RecordIntake intake, Consumer<String> notices) throws TableException {
        this.settings = settings;
        this.pages = new Pages(settings, zone);
        this.marking = new Marks(settings.mark());
        this.intake = intake;
        this.notices = notices;
        try {
            String[] parts = intake.resumeAt().split("\\" + REFUSED, 2);
            taken.put(Base64.getDecoder().decode(parts[0]));
            if (parts.length == 2) {
                refused.addAll(fingerprints(ByteBuffer.wrap(Base64.getDecoder().decode(parts[1]))));
                untried.addAll(refused);
            }
        } catch (RuntimeException e) {
            throw new TableException(
                    "the spool has " + intake.resumeAt() + " for rows that were taken and may not be marked");
        }
        remember();
    }

    private void remember() {
        unmarked.clear();
        unmarked.addAll(fingerprints(taken.duplicate().flip()));
    }

    private static List<Long> fingerprints(ByteBuffer bytes) {
        List<Long> fingerprints = new ArrayList<>();
        while (bytes.remaining() >= Long.BYTES) {
            fingerprints.add(bytes.getLong());
        }
        return fingerprints;
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
        }
        List<Row> rows = List.of();
        boolean last = false;
        while (rows.isEmpty() && !last) {
            Set<Long> met = new HashSet<>();
            Pages.Page page = pages.read(
                    connection,
                    new Pages.Cut(
                            settings.query(),
                            (query, index, name) -> {},
                            settings.pageSize() + refused.size(),
                            row -> isPassedOver(row, met) ? null : row));
            last = page.last();
            if (last && refused.retainAll(met)) {
                changed();
            }
            rows = withEffect(page.rows());
        }
        return rows;
    }

    private boolean isPassedOver(Row row, Set<Long> met) {
        if (refused.isEmpty()) {
            return false;
        }
        long fingerprint = row.fingerprint();
        if (!refused.contains(fingerprint)) {
            return false;
        }
        met.add(fingerprint);
        return !untried.contains(fingerprint);
    }

    private void mark(Connection connection) throws SQLException, TableException {
        Map<Marks.Mark, String> not = marking.run(connection, marks);
        wereRefused = marks.stream().anyMatch(mark -> refused.contains(mark.fingerprint()));
        marked = marks.stream().map(Marks.Mark::fingerprint).collect(Collectors.toCollection(HashSet::new));
        if (refused.removeAll(marked)) {
            changed();
        }
        untried.removeAll(marked);
        marks.clear();
        unmarked.clear();
        // a new one: resume points that were not written yet still look at the old
        taken = ByteBuffer.allocate(BYTES);
        refuse(not);
    }

    /** Comes behind the marks, which are committed, also where none was refused. */
    private void refuse(Map<Marks.Mark, String> not) throws TableException {
        if (not.isEmpty()) {
            return;
        }
        not.keySet().forEach(mark -> refused.add(mark.fingerprint()));
        marked.removeAll(refused);
        changed();
        String which =
                not.keySet().stream().limit(NAMED).map(Marks.Mark::position).collect(Collectors.joining("; "));
        String others = not.size() > NAMED ? " and " + (not.size() - NAMED) + " others" : "";
        String told = "mark: refused for " + which + others + ", sent nevertheless and passed over from now on: "
                + not.values().iterator().next();
        if (refused.size() > MOST_REFUSED) {
            throw new TableException(
                    "mark: refused for more than " + MOST_REFUSED + " rows, which the query yields again; " + told);
        }
        notices.accept(told);
    }

    private void changed() {
        encodedRefused = null;
        refusedChanged = true;
    }

    /** Without those of the page before that come again, although others do not. */
    private List<Row> withEffect(List<Row> rows) throws TableException {
        List<Row> again = marked.isEmpty()
                ? List.of()
                : rows.stream()
                        .filter(row -> marked.contains(row.fingerprint()))
                        .toList();
        if (again.isEmpty()) {
            return rows;
        } else if (again.size() == marked.size() && !wereRefused) {
            throw new TableException(
                    "mark: the row " + again.get(0).position() + " was marked, and the query yields it again as it was:"
                            + " the mark must change what the query selects by");
        }
        Map<Marks.Mark, String> without = new LinkedHashMap<>();
        again.forEach(row -> without.put(markOf(row, row.fingerprint()), "it had no effect"));
        refuse(without);
        return rows.stream().filter(row -> !refused.contains(row.fingerprint())).toList();
    }

    private static Marks.Mark markOf(Row row, long fingerprint) {
        return new Marks.Mark(fingerprint, row.position(), row.marks());
    }

    @Override
    public Judgement judge(Row row) {
        long fingerprint = row.fingerprint();
        return unmarked.contains(fingerprint) || untried.contains(fingerprint) ? Judgement.PASS_OVER : Judgement.TAKE;
    }

    @Override
    public void passedOver(Row row) {
        marks.add(markOf(row, row.fingerprint()));
    }

    @Override
    public ResumePoint taken(Row row) {
        if (!taken.hasRemaining()) {
            forgetOlderHalf();
        }
        long fingerprint = row.fingerprint();
        unmarked.add(fingerprint);
        taken.putLong(fingerprint);
        marks.add(markOf(row, fingerprint));
        return place();
    }

    private ResumePoint place() {
        refusedChanged = false;
        if (encodedRefused == null) {
            encodedRefused = refused.isEmpty() ? "" : REFUSED + encode(refused);
        }
        String behind = encodedRefused;
        byte[] all = taken.array();
        int end = taken.position();
        // only the bytes behind the end are still written
        return () -> encode(Arrays.copyOf(all, end)) + behind;
    }

    private static String encode(Collection<Long> fingerprints) {
        ByteBuffer bytes = ByteBuffer.allocate(fingerprints.size() * Long.BYTES);
        fingerprints.forEach(bytes::putLong);
        return encode(bytes.array());
    }

    private static String encode(byte[] bytes) {
        return Base64.getEncoder().withoutPadding().encodeToString(bytes);
    }

    /** Crashes left more pages than one: those of the older were marked, or their rows would have come again. */
    private void forgetOlderHalf() {
        taken = ByteBuffer.allocate(BYTES).put(taken.array(), BYTES / 2, BYTES / 2);
        remember();
    }

    @Override
    public ResumePoint end() {
        return refusedChanged ? place() : null;
    }
}

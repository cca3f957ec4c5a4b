package io.vitallyrelay.source.table;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Marks rows in the table. One whose mark is refused does not keep the others from theirs. */
final class Marks {
    /** The connection, a deadlock, resources, a lock, an operator, a system: the same may go well the next time. */
    private static final Set<String> PASSING = Set.of("08", "40", "53", "55", "57", "58", "HY");
    /** The statement itself: unless it went well for another row. */
    private static final Set<String> STATEMENT = Set.of("07", "0A", "26", "42");

    private static final int SHOWN = 200;

    private final NamedSql mark;

    Marks(NamedSql mark) {
        this.mark = mark;
    }

    /** The mark of a row. */
    record Mark(long fingerprint, String position, List<Row.Bound> values) {}

    /**
     * All at once, or one by one where one of them is refused.
     *
     * @return those that were refused, and why
     * @throws SQLException when it is not about a row; some may be marked nevertheless
     */
    Map<Mark, String> run(Connection connection, List<Mark> marks) throws SQLException {
        Map<Mark, String> refused = new LinkedHashMap<>();
        List<Mark> bound = new ArrayList<>();
        for (Mark one : marks) {
            if (one.values == null) {
                refused.put(one, "a value that it needs cannot be read");
            } else {
                bound.add(one);
            }
        }
        if (!bound.isEmpty() && !allAtOnce(connection, bound)) {
            oneByOne(connection, bound, refused);
        }
        return refused;
    }

    private boolean allAtOnce(Connection connection, List<Mark> marks) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(mark.text())) {
            for (Mark one : marks) {
                bind(update, one);
                update.addBatch();
            }
            update.executeBatch();
            connection.commit();
            return true;
        } catch (SQLException e) {
            requireMayBeARow(e);
            connection.rollback();
            return false;
        }
    }

    private void oneByOne(Connection connection, List<Mark> marks, Map<Mark, String> refused) throws SQLException {
        SQLException ofTheStatement = null;
        boolean anyMarked = false;
        try (PreparedStatement update = connection.prepareStatement(mark.text())) {
            for (Mark one : marks) {
                try {
                    bind(update, one);
                    update.executeUpdate();
                    // also what is checked only then
                    connection.commit();
                    anyMarked = true;
                } catch (SQLException e) {
                    requireMayBeARow(e);
                    connection.rollback();
                    refused.put(one, reason(e));
                    ofTheStatement = isAmong(STATEMENT, e) ? e : ofTheStatement;
                }
            }
        }
        if (ofTheStatement != null && !anyMarked) {
            throw ofTheStatement;
        }
    }

    private static void bind(PreparedStatement update, Mark one) throws SQLException {
        for (int i = 0; i < one.values.size(); i++) {
            one.values.get(i).bind(update, i + 1);
        }
    }

    private static void requireMayBeARow(SQLException thrown) throws SQLException {
        if (isAmong(PASSING, thrown) || Explanation.isTimeout(thrown)) {
            throw thrown;
        }
    }

    private static boolean isAmong(Set<String> classes, SQLException thrown) {
        String state = thrown.getSQLState();
        return state == null || classes.contains(state.substring(0, Math.min(2, state.length())));
    }

    /** Its first line: others can have the row in them. */
    private static String reason(SQLException thrown) {
        String line = String.valueOf(thrown.getMessage()).lines().findFirst().orElse("");
        return line.length() > SHOWN ? line.substring(0, SHOWN) + "..." : line;
    }
}

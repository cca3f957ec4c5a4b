package io.vitallyrelay.source.table;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * How a table is read. Either by a watermark, or by marking the rows that were read.
 *
 * @param query yields the next rows, at most {@code :limit}; by a watermark, those strictly behind it
 * @param watermark the columns by which rows are ordered, the last of them different in any two rows with the same others;
 *     empty where rows are marked
 * @param mark is run for each row once it is durable, and takes it out of the query; null for a watermark
 * @param key where rows are marked: the columns that tell a row, and each state of it that is to be sent, from all others
 * @param lookBack so long after its timestamp a row may still be committed; zero where that cannot happen
 * @param pageSize rows that are read at once
 * @param maxRowBytes characters of a row, at most; a larger one becomes a dead letter
 */
public record TableSettings(
        NamedSql query,
        List<String> watermark,
        NamedSql mark,
        List<String> key,
        Duration lookBack,
        FirstPoll first,
        int pageSize,
        int maxRowBytes) {
    static final String LIMIT = "limit";
    static final int LARGEST_PAGE = 2_000;
    private static final Pattern ORDER_BY = Pattern.compile("\\border\\s+by\\b", Pattern.CASE_INSENSITIVE);

    /**
     * Checks what can be checked without the database.
     *
     * @throws IllegalArgumentException that says what is wrong with which parameter, and what to do
     */
    public static TableSettings of(
            String query,
            String watermark,
            String mark,
            String key,
            Duration lookBack,
            FirstPoll first,
            int pageSize,
            int maxRowBytes) {
        TableSettings settings = new TableSettings(
                NamedSql.parse(query),
                names(watermark),
                mark.isBlank() ? null : NamedSql.parse(mark),
                names(key),
                lookBack,
                first,
                pageSize,
                maxRowBytes);
        settings.check();
        return settings;
    }

    private static List<String> names(String list) {
        return Arrays.stream(list.split(","))
                .map(name -> name.strip().toLowerCase(Locale.ROOT))
                .filter(name -> !name.isEmpty())
                .toList();
    }

    private void check() {
        require(
                watermark.isEmpty() != (mark == null),
                "needs either a watermark, the columns that order the rows, or a mark, the update of a row that was read");
        require(
                pageSize >= 2 && pageSize <= LARGEST_PAGE,
                "pageSize=" + pageSize + ": must be a number from 2 to " + LARGEST_PAGE);
        require(query.names().contains(LIMIT), "query: must end in \"limit :limit\", or the like in your database");
        require(
                ORDER_BY.matcher(query.text()).find(),
                "query: must have an \"order by\" " + (mark == null ? String.join(", ", watermark) : "its key"));
        if (mark == null) {
            checkWatermark();
        } else {
            checkMark();
        }
    }

    private void checkWatermark() {
        require(!lookBack.isNegative(), "lookBack must not be negative");
        require(key.isEmpty(), "key: is for rows that are marked; a row's place is its watermark");
        for (String column : watermark) {
            require(
                    query.names().contains(column),
                    "query: must select what lies behind the watermark, as in \"where (" + String.join(", ", watermark)
                            + ") > (:" + String.join(", :", watermark) + ")\", but has no parameter :" + column);
        }
        List<String> allowed = new ArrayList<>(watermark);
        allowed.add(LIMIT);
        for (String name : query.names()) {
            require(allowed.contains(name), "query: has a parameter :" + name + ", known are :" + allowed);
        }
    }

    private void checkMark() {
        require(!key.isEmpty(), "key: is missing, the columns that tell a row from all others");
        require(
                query.names().stream().allMatch(LIMIT::equals),
                "query: can have no other parameter than :limit, where rows are marked");
        require(
                !mark.names().isEmpty(),
                "mark: must name its row, as in \"where " + key.get(0) + " = :" + key.get(0) + "\"");
        require(
                first == FirstPoll.ALL,
                "first=now: is for a watermark; mark the rows that are not to be sent yourself");
    }

    private static void require(boolean condition, String problem) {
        if (!condition) {
            throw new IllegalArgumentException(problem);
        }
    }

    boolean marks() {
        return mark != null;
    }
}

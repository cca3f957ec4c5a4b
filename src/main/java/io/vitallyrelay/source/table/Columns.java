package io.vitallyrelay.source.table;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vitallyrelay.source.Problem;
import io.vitallyrelay.source.Sha256;
import io.vitallyrelay.spool.DeadLetterCode;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The columns of a query, and how its rows are read. Names that a database writes all in capitals, because nobody put them in
 * quotes, are in small letters, so that a mapping is the same for each database.
 */
final class Columns {
    /** PostgreSQL, H2 and MariaDB agree: a value that cannot be given in the type that is asked for. */
    private static final String DATA_EXCEPTION = "22";
    /** The same for the driver of MySQL, as of a date of zeros, and for the one of PostgreSQL. */
    private static final Set<String> DATA_EXCEPTIONS_OF_DRIVERS = Set.of("S1009", "42821", "07006");

    /** A value of a key is shown whole up to this many characters. */
    private static final int LONGEST_SHOWN = 200;

    private static final int BEGINNING = 60;

    /** A row from farther ahead has a timestamp that means something else than now, such as never. */
    private static final Duration CLOCKS = Duration.ofDays(1);

    private record Column(String name, int index, Cells cells, WatermarkType watermarkType, boolean literal) {}

    private final TableSettings settings;
    private final ZoneId zone;
    private final Map<String, Column> byName = new LinkedHashMap<>();
    private final List<Column> watermark;
    private final List<Column> key;

    Columns(ResultSetMetaData metaData, TableSettings settings, Dialect dialect, ZoneId zone)
            throws SQLException, TableException {
        this.settings = settings;
        this.zone = zone;
        for (int i = 1; i <= metaData.getColumnCount(); i++) {
            String label = metaData.getColumnLabel(i);
            String name = label.equals(label.toUpperCase(Locale.ROOT)) ? label.toLowerCase(Locale.ROOT) : label;
            int type = metaData.getColumnType(i);
            String typeName = metaData.getColumnTypeName(i);
            WatermarkType watermarkType = dialect.watermarkType(type, typeName);
            boolean literal = watermarkType == null && dialect.takesLiterals();
            Column column = new Column(name, i, dialect.cells(type, typeName), watermarkType, literal);
            if (byName.put(name.toLowerCase(Locale.ROOT), column) != null) {
                throw new TableException(
                        "query: two columns are named " + name + ", give one of them another: \"as ...\"");
            }
        }
        watermark = columns(settings.watermark(), "watermark");
        key = columns(settings.key(), "key");
        for (int i = 0; i < watermark.size(); i++) {
            if (watermark.get(i).watermarkType == null) {
                throw new TableException("watermark: " + watermark.get(i).name + " is of type "
                        + metaData.getColumnTypeName(watermark.get(i).index)
                        + ", must be a timestamp, date, whole or decimal number, text or uuid: make one of it by a cast, as in cast("
                        + watermark.get(i).name
                        + " as varchar(200)), in what is selected, compared and ordered by");
            }
        }
        if (settings.marks()) {
            columns(settings.mark().names(), "mark");
        } else if (!settings.lookBack().isZero()
                && !watermark.get(0).watermarkType.isTime()) {
            throw new TableException(
                    "lookBack needs a watermark that begins with a timestamp or date, and " + watermark.get(0).name
                            + " is none: set lookBack to 0s, and make sure that rows become visible in its order");
        }
    }

    private List<Column> columns(List<String> names, String role) throws TableException {
        List<Column> columns = new ArrayList<>();
        for (String name : names) {
            Column column = byName.get(name);
            if (column == null) {
                throw new TableException("query: must select " + name + ", a column of the " + role + "; it selects "
                        + byName.values().stream().map(Column::name).collect(Collectors.joining(", ")));
            }
            columns.add(column);
        }
        return columns;
    }

    /** Whether rows may have no value in a column of the watermark behind the first. */
    boolean watermarkCanBeNull(ResultSetMetaData metaData) throws SQLException {
        for (Column column : watermark.subList(1, watermark.size())) {
            if (metaData.isNullable(column.index) != ResultSetMetaData.columnNoNulls) {
                return true;
            }
        }
        return false;
    }

    List<WatermarkType> watermarkTypes() {
        return watermark.stream().map(Column::watermarkType).toList();
    }

    Row row(ResultSet rows) throws SQLException {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        Problem problem = null;
        int size = 0;
        for (Column column : byName.values()) {
            try {
                JsonNode value = column.cells.read(rows, column.index, zone);
                body.set(column.name, value);
                size += value.isContainerNode()
                        ? value.toString().length()
                        : value.asText().length();
            } catch (UnreadableCellException | RuntimeException e) {
                problem = Problem.malformed(column.name + ": " + e.getMessage());
            } catch (SQLException e) {
                requireIsAboutTheValue(e);
                problem = Problem.malformed(column.name + ": " + e.getMessage());
            }
        }
        List<Object> values = new ArrayList<>(watermark.size());
        for (Column column : watermark) {
            Object value = value(column, rows);
            if (value == null && problem == null) {
                problem = Problem.malformed(
                        column.name + ": is null, and a column of the watermark: leave such rows out, or select a value"
                                + " in its place, as by coalesce");
            }
            values.add(value);
        }
        String position = position(body, rows);
        if (size > settings.maxRowBytes()) {
            problem = new Problem(
                    DeadLetterCode.TOO_LARGE,
                    size + " characters in a row, at most " + settings.maxRowBytes() + " are allowed");
            body.retain(keyNames());
        }
        return new Row(
                position, body, problem, body.size() < byName.size(), size, values, over(values), marks(rows), false);
    }

    /** Null where it is null, or cannot be read. */
    private static Object value(Column column, ResultSet rows) throws SQLException {
        try {
            return column.watermarkType.read(rows, column.index);
        } catch (SQLException e) {
            requireIsAboutTheValue(e);
            return null;
        } catch (RuntimeException e) {
            return null;
        }
    }

    private static void requireIsAboutTheValue(SQLException thrown) throws SQLException {
        String state = thrown.getSQLState();
        if (state == null || !state.startsWith(DATA_EXCEPTION) && !DATA_EXCEPTIONS_OF_DRIVERS.contains(state)) {
            throw thrown;
        }
    }

    private List<String> keyNames() {
        return key().stream().map(Column::name).toList();
    }

    private List<Column> key() {
        return settings.marks() ? key : watermark;
    }

    private String position(ObjectNode body, ResultSet rows) throws SQLException {
        List<String> parts = new ArrayList<>();
        for (Column column : key()) {
            JsonNode value = body.get(column.name);
            parts.add(column.name + " " + shown(value == null ? text(column, rows) : value.asText()));
        }
        return String.join(", ", parts);
    }

    /** Of a value that has no place in JSON. */
    private static String text(Column column, ResultSet rows) throws SQLException {
        try {
            return rows.getString(column.index);
        } catch (SQLException e) {
            requireIsAboutTheValue(e);
            return "(unreadable)";
        }
    }

    /** The same for the same value, and for no others: messageIds are made from it. */
    private static String shown(String value) {
        return value == null || value.length() <= LONGEST_SHOWN
                ? value
                : value.substring(0, value.offsetByCodePoints(0, BEGINNING)) + "... (" + value.length()
                        + " characters, SHA-256 " + Sha256.half(value.getBytes(StandardCharsets.UTF_8)) + ")";
    }

    /** Without a look-back a time is over at once, and clocks may be off, but not so a day, and the hour that comes twice. */
    private Instant over(List<Object> values) {
        if (values.isEmpty() || values.get(0) == null) {
            return null;
        }
        WatermarkType type = watermark.get(0).watermarkType;
        if (Cells.isInfinite(values.get(0))) {
            return values.get(0).equals(type.lowest) ? Instant.MIN : Instant.MAX;
        }
        Instant over = type.over(values.get(0), zone);
        return over != null && type.isTime() && settings.lookBack().isZero() && !type.lasts(values.get(0), zone)
                ? over.minus(CLOCKS)
                : over;
    }

    private List<Row.Bound> marks(ResultSet rows) throws SQLException {
        if (!settings.marks()) {
            return List.of();
        }
        List<Row.Bound> values = new ArrayList<>();
        try {
            for (String name : settings.mark().names()) {
                values.add(bound(byName.get(name), rows));
            }
            return values;
        } catch (SQLException e) {
            requireIsAboutTheValue(e);
            return null;
        } catch (RuntimeException e) {
            return null;
        }
    }

    /**
     * By its own type where it has one: a timestamp of a driver's default would be moved into the zone of this machine. As a
     * literal where the database alone knows the type, such as an enum.
     */
    private static Row.Bound bound(Column column, ResultSet rows) throws SQLException {
        WatermarkType type = column.watermarkType;
        if (type != null) {
            Object value = type.read(rows, column.index);
            return (statement, index) -> type.bind(statement, index, value);
        } else if (column.literal) {
            String value = rows.getString(column.index);
            return (statement, index) -> statement.setObject(index, value, Types.OTHER);
        }
        Object value = rows.getObject(column.index);
        return (statement, index) -> statement.setObject(index, value);
    }
}

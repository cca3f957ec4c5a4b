package io.vitallyrelay.source.table;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The columns of a query, and how its rows are read. Names that a database writes all in capitals, because nobody put them in
 * quotes, are in small letters, so that a mapping is the same for each database.
 */
final class Columns {
    /** PostgreSQL, H2 and MariaDB agree: a value that cannot be given in the type that is asked for. */
    private static final String DATA_EXCEPTION = "22";
    /** The same for the driver of MySQL, as of a date of zeros. */
    private static final String DATA_EXCEPTION_OF_MYSQL = "S1009";

    private record Column(String name, int index, Cells cells, WatermarkType watermarkType) {}

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
            Column column = new Column(name, i, dialect.cells(type, typeName), dialect.watermarkType(type, typeName));
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
                        + ", must be a timestamp, date, whole or decimal number, text or uuid");
            }
        }
        if (settings.marks()) {
            columns(settings.mark().names(), "mark");
        } else if (!settings.lookBack().isZero() && !isTimestamp(watermark.get(0).watermarkType)) {
            throw new TableException(
                    "lookBack needs a watermark that begins with a timestamp, and " + watermark.get(0).name
                            + " is none: set lookBack to 0s, and make sure that rows become visible in its order");
        }
    }

    private static boolean isTimestamp(WatermarkType type) {
        return type == WatermarkType.INSTANT || type == WatermarkType.LOCAL || type == WatermarkType.UTC;
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

    List<WatermarkType> watermarkTypes() {
        return watermark.stream().map(Column::watermarkType).toList();
    }

    private List<Object> watermark(ResultSet rows) throws SQLException, TableException {
        List<Object> values = new ArrayList<>(watermark.size());
        for (Column column : watermark) {
            Object value = column.watermarkType.read(rows, column.index);
            if (value == null) {
                throw new TableException(
                        "a row has no " + column.name + ", a column of the watermark: leave such rows out,"
                                + " or select a value in its place, as by coalesce");
            }
            values.add(value);
        }
        return values;
    }

    Row row(ResultSet rows) throws SQLException, TableException {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        String problem = null;
        int size = 0;
        for (Column column : byName.values()) {
            try {
                JsonNode value = column.cells.read(rows, column.index, zone);
                body.set(column.name, value);
                size += value.isContainerNode()
                        ? value.toString().length()
                        : value.asText().length();
            } catch (UnreadableCellException e) {
                problem = column.name + ": " + e.getMessage();
            } catch (SQLException e) {
                if (!isAboutTheValue(e)) {
                    throw e;
                }
                problem = column.name + ": " + e.getMessage();
            }
        }
        List<Object> values = watermark(rows);
        if (problem == null && size > settings.maxRowBytes()) {
            problem = size + " characters in a row, at most " + settings.maxRowBytes() + " are allowed";
            body.retain(keyNames());
        }
        return new Row(position(body), body, problem, size, values, at(values), marks(rows));
    }

    private static boolean isAboutTheValue(SQLException e) {
        String state = e.getSQLState();
        return state != null && (state.startsWith(DATA_EXCEPTION) || state.equals(DATA_EXCEPTION_OF_MYSQL));
    }

    private List<String> keyNames() {
        return (settings.marks() ? key : watermark).stream().map(Column::name).toList();
    }

    private String position(ObjectNode body) {
        return keyNames().stream()
                .map(name -> name + " " + body.path(name).asText())
                .collect(Collectors.joining(", "));
    }

    private Instant at(List<Object> values) {
        return values.isEmpty() ? null : watermark.get(0).watermarkType.instant(values.get(0), zone);
    }

    private List<Object> marks(ResultSet rows) throws SQLException {
        if (!settings.marks()) {
            return List.of();
        }
        List<Object> values = new ArrayList<>();
        for (String name : settings.mark().names()) {
            Column column = byName.get(name);
            // by its own type where it has one: a timestamp of a driver's default would be moved into the zone of this
            // machine
            values.add(
                    column.watermarkType == null
                            ? rows.getObject(column.index)
                            : column.watermarkType.read(rows, column.index));
        }
        return values;
    }
}

package io.vitallyrelay.source.table;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.vitallyrelay.source.text.JsonText;
import io.vitallyrelay.source.text.NotJsonException;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Base64;

/** Makes JSON of the value in a column, by its type. */
enum Cells {
    BOOLEAN {
        @Override
        JsonNode read(ResultSet rows, int column, ZoneId zone) throws SQLException {
            return rows.getObject(column) instanceof Boolean value
                    ? BooleanNode.valueOf(value)
                    : text(rows.getString(column)); // a string of bits
        }
    },
    WHOLE {
        @Override
        JsonNode read(ResultSet rows, int column, ZoneId zone) throws SQLException {
            long value = rows.getLong(column);
            return rows.wasNull() ? NullNode.instance : LongNode.valueOf(value);
        }
    },
    NUMBER {
        @Override
        JsonNode read(ResultSet rows, int column, ZoneId zone) throws SQLException, UnreadableCellException {
            // as text: PostgreSQL's NUMERIC can be NaN, and a REAL has more digits as a double than it means
            return number(rows.getString(column));
        }
    },
    TEXT {
        @Override
        JsonNode read(ResultSet rows, int column, ZoneId zone) throws SQLException {
            return text(rows.getString(column));
        }
    },
    JSON {
        @Override
        JsonNode read(ResultSet rows, int column, ZoneId zone) throws SQLException, UnreadableCellException {
            String text = rows.getString(column);
            return text == null ? NullNode.instance : json(text);
        }
    },
    BYTES {
        @Override
        JsonNode read(ResultSet rows, int column, ZoneId zone) throws SQLException {
            byte[] value = rows.getBytes(column);
            return value == null ? NullNode.instance : bytes(value);
        }
    },
    DATE {
        @Override
        JsonNode read(ResultSet rows, int column, ZoneId zone) throws SQLException, UnreadableCellException {
            return json(rows.getObject(column, LocalDate.class), zone);
        }
    },
    /** That of PostgreSQL can be 24:00, that of MySQL negative, or longer than a day. */
    TIME {
        @Override
        JsonNode read(ResultSet rows, int column, ZoneId zone) throws SQLException {
            String text = rows.getString(column);
            try {
                return text(text == null ? null : DateTimeFormatter.ISO_LOCAL_TIME.format(LocalTime.parse(text)));
            } catch (DateTimeParseException e) {
                return text(text);
            }
        }
    },
    TIMESTAMP {
        @Override
        JsonNode read(ResultSet rows, int column, ZoneId zone) throws SQLException, UnreadableCellException {
            return json(rows.getObject(column, LocalDateTime.class), zone);
        }
    },
    /** A timestamp that the session shows in UTC, whatever the zone of the others is. */
    UTC {
        @Override
        JsonNode read(ResultSet rows, int column, ZoneId zone) throws SQLException, UnreadableCellException {
            return json(rows.getObject(column, LocalDateTime.class), ZoneOffset.UTC);
        }
    },
    INSTANT {
        @Override
        JsonNode read(ResultSet rows, int column, ZoneId zone) throws SQLException, UnreadableCellException {
            return json(rows.getObject(column, OffsetDateTime.class), zone);
        }
    },
    /** Each element by its own type, as if it stood in a column: what drivers make of it depends on the zone of this machine. */
    ARRAY {
        @Override
        JsonNode read(ResultSet rows, int column, ZoneId zone) throws SQLException, UnreadableCellException {
            java.sql.Array value = rows.getArray(column);
            if (value == null) {
                return NullNode.instance;
            }
            ArrayNode array = JsonNodeFactory.instance.arrayNode();
            try (ResultSet elements = value.getResultSet()) {
                ResultSetMetaData metaData = elements.getMetaData();
                Cells cells = of(metaData.getColumnType(ELEMENT), metaData.getColumnTypeName(ELEMENT));
                while (elements.next()) {
                    array.add(cells.read(elements, ELEMENT, zone));
                }
            }
            return array;
        }
    };

    private static final int ELEMENT = 2;

    static Cells of(int sqlType, String typeName) {
        if (typeName.equalsIgnoreCase("json") || typeName.equalsIgnoreCase("jsonb")) {
            return JSON;
        }
        if (typeName.equalsIgnoreCase("money")) {
            // by the locale of the database, which nobody else knows
            return TEXT;
        }
        return switch (sqlType) {
            case Types.BOOLEAN, Types.BIT -> BOOLEAN;
            case Types.TINYINT, Types.SMALLINT, Types.INTEGER -> WHOLE;
            // BIGINT too: that of MySQL can be unsigned
            case Types.BIGINT, Types.NUMERIC, Types.DECIMAL, Types.REAL, Types.FLOAT, Types.DOUBLE -> NUMBER;
            case Types.BINARY, Types.VARBINARY, Types.LONGVARBINARY, Types.BLOB ->
                typeName.equalsIgnoreCase("uuid") ? TEXT : BYTES;
            case Types.DATE -> typeName.equalsIgnoreCase("year") ? WHOLE : DATE;
            case Types.TIME -> typeName.equalsIgnoreCase("timetz") ? TEXT : TIME;
            case Types.TIMESTAMP -> typeName.equalsIgnoreCase("timestamptz") ? INSTANT : TIMESTAMP;
            case Types.TIMESTAMP_WITH_TIMEZONE -> INSTANT;
            case Types.ARRAY -> ARRAY;
            // texts, and what has a text in its database alone
            default -> TEXT;
        };
    }

    /** Never null. */
    abstract JsonNode read(ResultSet rows, int column, ZoneId zone) throws SQLException, UnreadableCellException;

    private static JsonNode text(String value) {
        return value == null ? NullNode.instance : TextNode.valueOf(value);
    }

    private static JsonNode bytes(byte[] value) {
        return TextNode.valueOf(Base64.getEncoder().encodeToString(value));
    }

    private static JsonNode json(String text) throws UnreadableCellException {
        try {
            return JsonText.parse(text);
        } catch (NotJsonException e) {
            throw new UnreadableCellException(e.getMessage());
        }
    }

    private static JsonNode number(String text) throws UnreadableCellException {
        if (text == null) {
            return NullNode.instance;
        }
        try {
            return number(new BigDecimal(text));
        } catch (NumberFormatException e) {
            throw new UnreadableCellException(text + " is no number in JSON");
        }
    }

    /** {@code 2490.00} is 2490, and 1000 is never {@code 1E+3}. */
    private static JsonNode number(BigDecimal value) {
        BigDecimal stripped = value.stripTrailingZeros();
        BigDecimal plain = stripped.scale() < 0 ? stripped.setScale(0) : stripped;
        return plain.scale() == 0 && plain.precision() < 19
                ? LongNode.valueOf(plain.longValue())
                : DecimalNode.valueOf(plain);
    }

    private static JsonNode instant(Instant value) {
        return TextNode.valueOf(value.toString());
    }

    /** What a driver gives for a point in time, or a day. */
    private static JsonNode json(Object value, ZoneId zone) throws UnreadableCellException {
        if (value == null) {
            return NullNode.instance;
        } else if (isInfinite(value)) {
            throw new UnreadableCellException("is infinite");
        } else if (value instanceof OffsetDateTime instant) {
            return instant(instant.toInstant());
        } else if (value instanceof LocalDateTime timestamp) {
            return instant(timestamp.atZone(zone).toInstant());
        }
        return TextNode.valueOf(value.toString());
    }

    /** As drivers tell PostgreSQL's {@code infinity}. */
    static boolean isInfinite(Object value) {
        return value.equals(LocalDate.MAX)
                || value.equals(LocalDate.MIN)
                || value.equals(LocalDateTime.MAX)
                || value.equals(LocalDateTime.MIN)
                || value.equals(OffsetDateTime.MAX)
                || value.equals(OffsetDateTime.MIN);
    }
}

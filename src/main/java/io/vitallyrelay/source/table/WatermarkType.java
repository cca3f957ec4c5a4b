package io.vitallyrelay.source.table;

import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.UUID;

/** What a column of a watermark can be: how its values are read, kept as text, bound, and compared. */
enum WatermarkType {
    INSTANT(OffsetDateTime.class, OffsetDateTime.parse("1000-01-01T00:00:00Z")) {
        @Override
        Object read(ResultSet rows, int column) throws SQLException {
            OffsetDateTime value = rows.getObject(column, OffsetDateTime.class);
            return value == null ? null : value.withOffsetSameInstant(ZoneOffset.UTC);
        }

        @Override
        Object decode(String text) {
            return OffsetDateTime.parse(text);
        }

        @Override
        Instant instant(Object value, ZoneId zone) {
            return ((OffsetDateTime) value).toInstant();
        }
    },
    /** A timestamp without a zone: kept as it stands, so that no setting can move the watermark. */
    LOCAL(LocalDateTime.class, LocalDateTime.parse("1000-01-01T00:00:00")) {
        @Override
        Object decode(String text) {
            return LocalDateTime.parse(text);
        }

        @Override
        Instant instant(Object value, ZoneId zone) {
            return ((LocalDateTime) value).atZone(zone).toInstant();
        }
    },
    /** One that the session shows in UTC, whatever the zone of the others is. */
    UTC(LocalDateTime.class, LOCAL.lowest) {
        @Override
        Object decode(String text) {
            return LocalDateTime.parse(text);
        }

        @Override
        Instant instant(Object value, ZoneId zone) {
            return ((LocalDateTime) value).toInstant(ZoneOffset.UTC);
        }
    },
    DATE(LocalDate.class, LocalDate.parse("1000-01-01")) {
        @Override
        Object decode(String text) {
            return LocalDate.parse(text);
        }
    },
    WHOLE(Long.class, Long.MIN_VALUE) {
        @Override
        Object read(ResultSet rows, int column) throws SQLException {
            long value = rows.getLong(column);
            return rows.wasNull() ? null : value;
        }

        @Override
        Object decode(String text) {
            return Long.valueOf(text);
        }
    },
    NUMBER(BigDecimal.class, new BigDecimal(Long.MIN_VALUE)) {
        @Override
        Object decode(String text) {
            return new BigDecimal(text);
        }
    },
    TEXT(String.class, "") {
        @Override
        Object decode(String text) {
            return text;
        }

        @Override
        int compare(Object value, Object before) {
            return afterUnlessEqual(value, before);
        }
    },
    KEY(UUID.class, new UUID(0, 0)) {
        @Override
        Object decode(String text) {
            return UUID.fromString(text);
        }

        @Override
        int compare(Object value, Object before) {
            return afterUnlessEqual(value, before);
        }
    };

    private final Class<?> javaType;

    /** Stands before every value that a table should hold. */
    final Object lowest;

    WatermarkType(Class<?> javaType, Object lowest) {
        this.javaType = javaType;
        this.lowest = lowest;
    }

    /** Null for a column that cannot be one of a watermark. */
    static WatermarkType of(int sqlType, String typeName) {
        return switch (sqlType) {
            case Types.TIMESTAMP_WITH_TIMEZONE -> INSTANT;
            // PostgreSQL gives both kinds the same number
            case Types.TIMESTAMP -> typeName.equalsIgnoreCase("timestamptz") ? INSTANT : LOCAL;
            case Types.DATE -> DATE;
            case Types.TINYINT, Types.SMALLINT, Types.INTEGER, Types.BIGINT -> WHOLE;
            case Types.NUMERIC, Types.DECIMAL -> NUMBER;
            case Types.CHAR, Types.VARCHAR, Types.LONGVARCHAR, Types.NCHAR, Types.NVARCHAR -> TEXT;
            default -> typeName.equalsIgnoreCase("uuid") ? KEY : null;
        };
    }

    Object read(ResultSet rows, int column) throws SQLException {
        return rows.getObject(column, javaType);
    }

    /** A value, from the text that its {@code toString} gave. */
    abstract Object decode(String text);

    /** Positive where the value comes behind the one before in the order of the database, 0 where they are the same. */
    @SuppressWarnings("unchecked")
    int compare(Object value, Object before) {
        return ((Comparable<Object>) value).compareTo(before);
    }

    /** How texts are ordered is for the database to say. */
    private static int afterUnlessEqual(Object value, Object before) {
        return value.equals(before) ? 0 : 1;
    }

    /** Null where it is no point in time. */
    Instant instant(Object value, ZoneId zone) {
        return null;
    }
}

package io.vitallyrelay.source.table;

import java.math.BigDecimal;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.UUID;

/** What a column of a watermark can be: how its values are read, kept as text, bound, and compared. */
enum WatermarkType {
    INSTANT(OffsetDateTime.class, OffsetDateTime.MIN) {
        @Override
        Object read(ResultSet rows, int column) throws SQLException {
            OffsetDateTime value = rows.getObject(column, OffsetDateTime.class);
            return value == null || Cells.isInfinite(value) ? value : value.withOffsetSameInstant(ZoneOffset.UTC);
        }

        @Override
        Object decode(String text) {
            return OffsetDateTime.parse(text);
        }

        @Override
        Instant over(Object value, ZoneId zone) {
            return ((OffsetDateTime) value).toInstant();
        }
    },
    /** A timestamp without a zone: kept as it stands, so that no setting can move the watermark. */
    LOCAL(LocalDateTime.class, LocalDateTime.MIN) {
        @Override
        Object decode(String text) {
            return LocalDateTime.parse(text);
        }

        /** In the hour that comes twice, the second one. */
        @Override
        Instant over(Object value, ZoneId zone) {
            return ((LocalDateTime) value)
                    .atZone(zone)
                    .withLaterOffsetAtOverlap()
                    .toInstant();
        }

        /** The hour that comes twice. */
        @Override
        boolean isOneSpan(Object value, Object other, ZoneId zone) {
            return isTwice((LocalDateTime) value, zone)
                    && isTwice((LocalDateTime) other, zone)
                    && zone.getRules()
                            .getTransition((LocalDateTime) value)
                            .equals(zone.getRules().getTransition((LocalDateTime) other));
        }

        private static boolean isTwice(LocalDateTime value, ZoneId zone) {
            return !Cells.isInfinite(value)
                    && zone.getRules().getValidOffsets(value).size() > 1;
        }
    },
    /** One that the session shows in UTC, whatever the zone of the others is. */
    UTC(LocalDateTime.class, LocalDateTime.MIN) {
        @Override
        Object decode(String text) {
            return LocalDateTime.parse(text);
        }

        @Override
        Instant over(Object value, ZoneId zone) {
            return ((LocalDateTime) value).toInstant(ZoneOffset.UTC);
        }
    },
    DATE(LocalDate.class, LocalDate.MIN) {
        @Override
        Object decode(String text) {
            return LocalDate.parse(text);
        }

        @Override
        Instant over(Object value, ZoneId zone) {
            return ((LocalDate) value).plusDays(1).atStartOfDay(zone).toInstant();
        }

        @Override
        boolean isOneSpan(Object value, Object other, ZoneId zone) {
            return value.equals(other);
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
    /** A {@link BigDecimal}, or the text of one of the numbers of PostgreSQL that are none. */
    NUMBER(BigDecimal.class, new BigDecimal("-1e1000")) {
        @Override
        Object read(ResultSet rows, int column) throws SQLException {
            String text = rows.getString(column);
            return text == null ? null : decode(text);
        }

        @Override
        Object decode(String text) {
            return rank(text) == 0 ? new BigDecimal(text) : text;
        }

        @Override
        void bind(PreparedStatement statement, int index, Object value) throws SQLException {
            if (value instanceof String) {
                statement.setObject(index, value, Types.OTHER);
            } else {
                statement.setObject(index, value);
            }
        }

        @Override
        int compare(Object value, Object before) {
            int order = Integer.compare(rank(value.toString()), rank(before.toString()));
            return order != 0 || value instanceof String ? order : super.compare(value, before);
        }

        @Override
        Instant over(Object value, ZoneId zone) {
            return rank(value.toString()) > 0 ? Instant.MAX : null;
        }

        /** In the order of the database. */
        private static int rank(String text) {
            return switch (text.toLowerCase(Locale.ROOT)) {
                case "-infinity" -> -1;
                case "infinity" -> 1;
                case "nan" -> 2;
                default -> 0;
            };
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
    /** A text that is compared by the rules of its own type, where the database is not told that it is one. */
    CITEXT(String.class, "") {
        @Override
        Object read(ResultSet rows, int column) throws SQLException {
            return rows.getString(column);
        }

        @Override
        Object decode(String text) {
            return text;
        }

        @Override
        void bind(PreparedStatement statement, int index, Object value) throws SQLException {
            statement.setObject(index, value, Types.OTHER);
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

    /** No value stands before it. */
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

    boolean isTime() {
        return this == INSTANT || this == LOCAL || this == UTC || this == DATE;
    }

    Object read(ResultSet rows, int column) throws SQLException {
        return rows.getObject(column, javaType);
    }

    void bind(PreparedStatement statement, int index, Object value) throws SQLException {
        statement.setObject(index, value);
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

    /** From when on no row is written with the value; null where it is no time, but by its order alone. */
    Instant over(Object value, ZoneId zone) {
        return null;
    }

    /** Whether rows with both, in any order, are written until they are over. */
    boolean isOneSpan(Object value, Object other, ZoneId zone) {
        return false;
    }

    /** Whether rows with the value are written for a while, and not in one moment. */
    boolean lasts(Object value, ZoneId zone) {
        return isOneSpan(value, value, zone);
    }
}

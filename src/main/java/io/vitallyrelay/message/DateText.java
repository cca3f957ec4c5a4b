package io.vitallyrelay.message;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;

/**
 * Reads a date as ISO-8601 has it and as databases and warehouses write it: {@code T}, {@code t} or a space before the time,
 * seconds with up to nine decimals or none, and behind it, with a space between or not, {@code Z}, {@code UTC}, {@code GMT} or an
 * offset such as {@code +02}, {@code +0200}, {@code +02:00}. Without any of these it is UTC; a date alone is its midnight.
 */
final class DateText {
    private static final int MAX_DECIMALS = 9;

    private final String text;
    private int at;

    private DateText(String text) {
        this.text = text;
    }

    /**
     * The point in time, in milliseconds since 1970; of finer ones the rest is cut.
     *
     * @throws DateTimeException when the text is no such date, or one that does not exist
     */
    static long epochMilli(String text) {
        return new DateText(text).read();
    }

    private long read() {
        int year = digits(4);
        take('-');
        int month = digits(2);
        take('-');
        LocalDate date = LocalDate.of(year, month, digits(2));
        LocalTime time = LocalTime.MIDNIGHT;
        ZoneOffset offset = ZoneOffset.UTC;
        if (!atEnd()) {
            if (!skip('T') && !skip('t')) {
                take(' ');
            }
            time = time();
            offset = atEnd() ? ZoneOffset.UTC : offset();
        }
        if (!atEnd()) {
            throw wrong();
        }
        return date.atTime(time).toInstant(offset).toEpochMilli();
    }

    private LocalTime time() {
        int hour = digits(2);
        take(':');
        int minute = digits(2);
        if (!skip(':')) {
            return LocalTime.of(hour, minute);
        }
        int second = digits(2);
        return LocalTime.of(hour, minute, second, skip('.') ? nanos() : 0);
    }

    private int nanos() {
        int nanos = 0;
        int count = 0;
        for (; isDigit(); count++) {
            nanos = 10 * nanos + digits(1);
            if (count == MAX_DECIMALS) {
                throw wrong();
            }
        }
        if (count == 0) {
            throw wrong();
        }
        for (; count < MAX_DECIMALS; count++) {
            nanos *= 10;
        }
        return nanos;
    }

    private ZoneOffset offset() {
        skip(' ');
        if (utc()) {
            return ZoneOffset.UTC;
        }
        int sign = skip('-') ? -1 : 1;
        if (sign > 0) {
            take('+');
        }
        int hours = digits(2);
        int minutes = 0;
        int seconds = 0;
        boolean colons = skip(':');
        if (colons || isDigit()) {
            minutes = digits(2);
            if (colons ? skip(':') : isDigit()) {
                seconds = digits(2); // what some places had before 1900, and some databases still say of them
            }
        }
        return ZoneOffset.ofHoursMinutesSeconds(sign * hours, sign * minutes, sign * seconds);
    }

    private boolean utc() {
        if (skip('Z') || skip('z')) {
            return true;
        }
        boolean named = text.regionMatches(true, at, "UTC", 0, 3) || text.regionMatches(true, at, "GMT", 0, 3);
        at += named ? 3 : 0;
        return named;
    }

    private int digits(int count) {
        int number = 0;
        for (int i = 0; i < count; i++) {
            if (!isDigit()) {
                throw wrong();
            }
            number = 10 * number + text.charAt(at) - '0';
            at++;
        }
        return number;
    }

    private boolean isDigit() {
        return !atEnd() && text.charAt(at) >= '0' && text.charAt(at) <= '9';
    }

    private void take(char c) {
        if (!skip(c)) {
            throw wrong();
        }
    }

    private boolean skip(char c) {
        boolean there = !atEnd() && text.charAt(at) == c;
        at += there ? 1 : 0;
        return there;
    }

    private boolean atEnd() {
        return at == text.length();
    }

    private DateTimeException wrong() {
        return new DateTimeException("no date from character " + at + " on");
    }
}

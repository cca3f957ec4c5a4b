package io.vitallyrelay.delivery;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.format.DateTimeFormatter;
import java.util.function.UnaryOperator;

/**
 * How long an endpoint asks to wait: {@code Retry-After} (RFC 9110, seconds or a date), else {@code RateLimit-Reset}, else
 * {@code X-RateLimit-Reset}, whose number is a delta or an epoch, judged by its size. What cannot be read is ignored.
 * Immutable and thread-safe.
 *
 * @param max never longer than this, whatever the endpoint says
 */
public record RetryTiming(Duration max, InstantSource clock) {
    /** Numbers below are seconds from now on: more than three years. */
    private static final double FIRST_EPOCH_SECOND = 1e8;
    /** Numbers from here on are epochs in milliseconds. */
    private static final double FIRST_EPOCH_MILLI = 1e11;

    /**
     * @param header gives the value of a response header, null where there is none
     * @return above zero and at most {@code max}; null where nothing, or no time at all, is asked for
     */
    public Duration pause(UnaryOperator<String> header) {
        for (String name : new String[] {"Retry-After", "RateLimit-Reset", "X-RateLimit-Reset"}) {
            String value = header.apply(name);
            Duration pause = value == null ? null : parse(value.strip(), header);
            if (pause != null) {
                return pause.isNegative() || pause.isZero() ? null : pause.compareTo(max) > 0 ? max : pause;
            }
        }
        return null;
    }

    private Duration parse(String value, UnaryOperator<String> header) {
        if (value.isEmpty()) {
            return null;
        }
        if (Character.isDigit(value.charAt(0))) {
            return number(value);
        }
        Instant until = date(value);
        return until == null ? null : Duration.between(now(header), until);
    }

    private Duration number(String value) {
        double number;
        try {
            number = Double.parseDouble(value);
        } catch (NumberFormatException e) {
            return null;
        }
        double seconds = number;
        if (number >= FIRST_EPOCH_MILLI) {
            seconds = (number - clock.millis()) / 1000;
        } else if (number >= FIRST_EPOCH_SECOND) {
            seconds = number - clock.millis() / 1000.0;
        }
        return Duration.ofMillis((long) Math.min(seconds * 1000, max.toMillis()));
    }

    /** A date is compared with the endpoint's own clock where the answer shows it, as ours may be wrong. */
    private Instant now(UnaryOperator<String> header) {
        String date = header.apply("Date");
        Instant theirs = date == null ? null : date(date.strip());
        return theirs == null ? clock.instant() : theirs;
    }

    private static Instant date(String value) {
        try {
            return Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(value));
        } catch (DateTimeException e) {
            return null;
        }
    }
}

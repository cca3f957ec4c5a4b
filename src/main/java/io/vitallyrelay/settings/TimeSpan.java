package io.vitallyrelay.settings;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A duration between two limits, both allowed; where {@code orForever}, that word too, which means {@code null}. */
record TimeSpan(Duration min, Duration max, boolean orForever) implements Kind<Duration> {
    static final String FOREVER = "forever";

    private static final Pattern TEXT = Pattern.compile("(\\d+)([A-Za-z]*)");

    /** Largest first, as the first one that divides a duration is the one to show it in. */
    private static final Map<String, Duration> UNITS = new LinkedHashMap<>();

    static {
        UNITS.put("d", Duration.ofDays(1));
        UNITS.put("h", Duration.ofHours(1));
        UNITS.put("m", Duration.ofMinutes(1));
        UNITS.put("s", Duration.ofSeconds(1));
        UNITS.put("ms", Duration.ofMillis(1));
    }

    static TimeSpan between(Duration min, Duration max) {
        return new TimeSpan(min, max, false);
    }

    @Override
    public Duration parse(String text) throws NotAllowedException {
        String stripped = text.strip();
        if (orForever && stripped.equalsIgnoreCase(FOREVER)) {
            return null;
        }
        try {
            Duration duration = duration(stripped);
            if (duration.compareTo(min) >= 0 && duration.compareTo(max) <= 0) {
                return duration;
            }
        } catch (DateTimeParseException | NumberFormatException | ArithmeticException e) {
            // not a duration, or too large for one: refused below
        }
        throw new NotAllowedException(this);
    }

    private Duration duration(String text) throws NotAllowedException {
        Matcher parts = TEXT.matcher(text);
        if (!parts.matches()) {
            return Duration.parse(text);
        }
        if (parts.group(2).isEmpty()) {
            throw new NotAllowedException(this, "the unit is missing, which is one of ms, s, m, h, d");
        }
        Duration unit = UNITS.get(parts.group(2));
        if (unit == null) {
            throw new NotAllowedException(this, "units are ms, s, m, h, d");
        }
        return unit.multipliedBy(Long.parseLong(parts.group(1)));
    }

    @Override
    public String allowed() {
        String limits = "a duration from " + show(min) + " to " + show(max);
        return orForever ? FOREVER + ", or " + limits : limits;
    }

    private static String show(Duration duration) {
        if (duration.isZero()) {
            return "0s";
        }
        for (Map.Entry<String, Duration> unit : UNITS.entrySet()) {
            if (duration.toMillis() % unit.getValue().toMillis() == 0) {
                return String.format(Locale.ROOT, "%d%s", duration.dividedBy(unit.getValue()), unit.getKey());
            }
        }
        throw new IllegalArgumentException("A limit is whole milliseconds: " + duration);
    }
}

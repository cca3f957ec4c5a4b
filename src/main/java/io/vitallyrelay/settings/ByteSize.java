package io.vitallyrelay.settings;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A number of bytes between two limits, both allowed: plain, or with a decimal or binary unit. */
record ByteSize(long min, long max) implements Kind<Long> {
    private static final Pattern TEXT = Pattern.compile("(\\d+)([A-Za-z]*)");

    /** Largest first, as the first one that divides a size is the one to show it in. */
    private static final Map<String, Long> UNITS = new LinkedHashMap<>();

    static {
        UNITS.put("GiB", 1L << 30);
        UNITS.put("GB", 1_000_000_000L);
        UNITS.put("MiB", 1L << 20);
        UNITS.put("MB", 1_000_000L);
        UNITS.put("KiB", 1L << 10);
        UNITS.put("KB", 1_000L);
        UNITS.put("", 1L);
    }

    @Override
    public Long parse(String text) throws NotAllowedException {
        Matcher parts = TEXT.matcher(text.strip());
        if (!parts.matches()) {
            throw new NotAllowedException(this);
        }
        Long unit = UNITS.get(parts.group(2));
        if (unit == null) {
            throw new NotAllowedException(this, "units are KB, MB, GB (decimal) and KiB, MiB, GiB (binary)");
        }
        try {
            long bytes = Math.multiplyExact(Long.parseLong(parts.group(1)), unit);
            if (bytes >= min && bytes <= max) {
                return bytes;
            }
        } catch (ArithmeticException | NumberFormatException e) {
            // too large for a long: refused below
        }
        throw new NotAllowedException(this);
    }

    @Override
    public String allowed() {
        return max == Long.MAX_VALUE
                ? "a number of bytes, at least " + show(min)
                : "a number of bytes from " + show(min) + " to " + show(max);
    }

    private static String show(long bytes) {
        for (Map.Entry<String, Long> unit : UNITS.entrySet()) {
            if (bytes % unit.getValue() == 0) {
                return bytes / unit.getValue() + unit.getKey();
            }
        }
        throw new AssertionError("1 divides every number");
    }
}

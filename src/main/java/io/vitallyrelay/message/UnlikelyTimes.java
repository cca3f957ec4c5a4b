package io.vitallyrelay.message;

import java.time.InstantSource;
import java.time.ZoneOffset;

/**
 * Knows the timestamps that programs write where they have none: those of 1970, when all clocks of computers begin, and those
 * behind the next year, such as {@code 9999-12-31}. They are admitted. Thread-safe.
 */
final class UnlikelyTimes {
    private static final int BEGIN = 1970;

    private final InstantSource clock;
    /** The next year as the clock had it last: it is asked only where that is not enough. */
    private volatile int nextYear = BEGIN;

    UnlikelyTimes(InstantSource clock) {
        this.clock = clock;
    }

    boolean contain(String canonical) {
        int year = 0;
        for (int i = 0; i < 4; i++) {
            year = 10 * year + canonical.charAt(i) - '0';
        }
        if (year > nextYear) {
            nextYear = clock.instant().atOffset(ZoneOffset.UTC).getYear() + 1;
        }
        return year == BEGIN || year > nextYear;
    }
}

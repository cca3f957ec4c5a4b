package io.vitallyrelay.source.table;

import java.time.Instant;
import java.time.InstantSource;

/** Since when a poll waits for its database. One thread waits, all may ask. */
final class DatabaseWait {
    private final InstantSource clock;
    private volatile Instant since;

    DatabaseWait(InstantSource clock) {
        this.clock = clock;
    }

    void begin() {
        since = clock.instant();
    }

    void end() {
        since = null;
    }

    /** Null when it does not wait. */
    Instant since() {
        return since;
    }
}

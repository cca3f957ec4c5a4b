package io.vitallyrelay.letters;

import io.vitallyrelay.spool.DeadLetter;
import io.vitallyrelay.spool.DeadLetterFilter;
import io.vitallyrelay.spool.DeadLetters;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;

/** Gives up dead letters that are older than they are kept. Thread-safe. */
public final class Retention {
    private final DeadLetters letters;
    private final Duration keep;
    private final InstantSource clock;

    /** @param keep null where letters are kept for ever */
    public Retention(DeadLetters letters, Duration keep, InstantSource clock) {
        this.letters = letters;
        this.keep = keep;
        this.clock = clock;
    }

    /**
     * Discards what is too old now.
     *
     * @return how many letters
     */
    public long discardOld() throws InterruptedException {
        if (keep == null) {
            return 0;
        }
        DeadLetterFilter old =
                new DeadLetterFilter(null, null, null, null, clock.instant().minus(keep), null, null);
        long discarded = 0;
        List<Long> ids = oldest(old);
        while (!ids.isEmpty()) {
            discarded += letters.discard(ids).size();
            ids = oldest(old);
        }
        return discarded;
    }

    private List<Long> oldest(DeadLetterFilter old) {
        return letters.page(old, 0, DeadLetters.MOST_AT_ONCE).letters().stream()
                .map(DeadLetter::id)
                .toList();
    }
}

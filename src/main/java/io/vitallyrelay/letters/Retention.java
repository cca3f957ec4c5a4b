package io.vitallyrelay.letters;

import io.vitallyrelay.spool.DeadLetter;
import io.vitallyrelay.spool.DeadLetterFilter;
import io.vitallyrelay.spool.DeadLetters;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.function.LongSupplier;

/** Gives up dead letters that are older, or more, than are kept. Thread-safe. */
public final class Retention {
    private final DeadLetters letters;
    private final Duration keep;
    private final long most;
    private final InstantSource clock;

    /**
     * @param keep null where letters are kept whatever their age
     * @param most letters that are kept, the newest
     */
    public Retention(DeadLetters letters, Duration keep, long most, InstantSource clock) {
        this.letters = letters;
        this.keep = keep;
        this.most = most;
        this.clock = clock;
    }

    /**
     * Discards those that are too old now.
     *
     * @return how many letters
     */
    public long discardOld() throws InterruptedException {
        if (keep == null) {
            return 0;
        }
        DeadLetterFilter old = DeadLetterFilter.before(clock.instant().minus(keep));
        return discard(old, () -> DeadLetters.MOST_AT_ONCE);
    }

    /**
     * Discards the oldest of those that are too many now.
     *
     * @return how many letters
     */
    public long discardSurplus() throws InterruptedException {
        return discard(DeadLetterFilter.ALL, () -> letters.count(DeadLetterFilter.ALL) - most);
    }

    /** @param surplus how many of those that the filter accepts are too many; others may discard some meanwhile */
    private long discard(DeadLetterFilter filter, LongSupplier surplus) throws InterruptedException {
        long discarded = 0;
        for (List<Long> ids = oldest(filter, surplus); !ids.isEmpty(); ids = oldest(filter, surplus)) {
            discarded += letters.discard(ids).size();
        }
        return discarded;
    }

    private List<Long> oldest(DeadLetterFilter filter, LongSupplier surplus) {
        long limit = Math.min(DeadLetters.MOST_AT_ONCE, surplus.getAsLong());
        return limit <= 0
                ? List.of()
                : letters.page(filter, 0, (int) limit).letters().stream()
                        .map(DeadLetter::id)
                        .toList();
    }
}

package io.vitallyrelay.spool.local;

import io.vitallyrelay.spool.DeadLetterFilter;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.h2.mvstore.MVMap;

/** The kinds of the letters that there are, and the numbers they have in the index. Read by anybody, changed by one thread. */
final class LetterKinds {
    /** With more of them letters are told apart by integration, code and status alone: all of the kinds are in memory. */
    private static final int MOST = 4096;

    private final MVMap<Long, byte[]> stored;
    private final Map<LetterKind, Long> numbers = new ConcurrentHashMap<>();
    private long nextNumber = 1;

    LetterKinds(MVMap<Long, byte[]> stored) throws IOException {
        this.stored = stored;
        for (Map.Entry<Long, byte[]> entry : stored.entrySet()) {
            numbers.put(LetterKind.decode(Sealed.open(entry.getKey(), entry.getValue())), entry.getKey());
            nextNumber = entry.getKey() + 1;
        }
    }

    /** The number of a kind, which it gets where it has none. */
    long number(LetterKind kind) {
        Long known = numbers.get(kind);
        if (known != null) {
            return known;
        }
        if (kind.reason() != null && numbers.size() >= MOST) {
            return number(kind.ofAnyReason());
        }
        long number = nextNumber++;
        stored.put(number, Sealed.seal(number, kind.encode()));
        numbers.put(kind, number);
        return number;
    }

    /** The numbers that letters of the kind may have. */
    List<Long> possible(LetterKind kind) {
        Long own = numbers.get(kind);
        Long other = numbers.get(kind.ofAnyReason());
        return own == null ? List.of(other) : other == null || other.equals(own) ? List.of(own) : List.of(own, other);
    }

    /** There are no letters of it any more. */
    void remove(long number) {
        stored.remove(number);
        numbers.values().remove(number);
    }

    /** Those that the filter may accept, with their numbers. */
    Map<LetterKind, Long> of(DeadLetterFilter filter) {
        Map<LetterKind, Long> some = new HashMap<>(numbers);
        some.keySet().removeIf(kind -> !kind.mayBeOf(filter));
        return some;
    }

    /** The one that a letter of that kind is counted in. */
    LetterKind told(LetterKind kind) {
        return numbers.containsKey(kind) ? kind : kind.ofAnyReason();
    }

    /** Whether letters of other reasons may have a number that {@link #of} gives. */
    boolean areTooMany(DeadLetterFilter filter) {
        return filter.reason() != null
                && numbers.keySet().stream().anyMatch(kind -> kind.reason() == null && kind.mayBeOf(filter));
    }
}

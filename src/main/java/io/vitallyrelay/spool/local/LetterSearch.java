package io.vitallyrelay.spool.local;

import io.vitallyrelay.spool.DeadLetter;
import io.vitallyrelay.spool.DeadLetterFilter;
import io.vitallyrelay.spool.DeadLetterPage;
import io.vitallyrelay.spool.LetterGroup;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import org.h2.mvstore.MVMap;

/**
 * Finds letters by what the indexes say of them, and looks only into those of which that is not enough: their number does not
 * matter as long as no value inside a reason is asked for. For one search.
 */
final class LetterSearch {
    /** A page ends behind the letter with which it has that many bytes, so that memory has a bound. */
    private static final int PAGE_BYTES = 16 * 1024 * 1024;

    private final MVMap<Long, byte[]> letters;
    private final LetterKinds kinds;
    private final IdIndex byKind;
    private final IdIndex byTerm;
    private final Decoder decoder;

    /** Makes a letter of what is stored. */
    interface Decoder {
        DeadLetter decode(long id, byte[] sealed);
    }

    /** Ids in order. */
    private interface Run {
        /** The next above {@code after}, or -1. */
        long next(long after);

        /** How many are in {@code [from, to)}. */
        long count(long from, long to);
    }

    /** @param next its next id */
    private record Cursor(Run run, long next) {}

    LetterSearch(MVMap<Long, byte[]> letters, LetterKinds kinds, IdIndex byKind, IdIndex byTerm, Decoder decoder) {
        this.letters = letters;
        this.kinds = kinds;
        this.byKind = byKind;
        this.byTerm = byTerm;
        this.decoder = decoder;
    }

    DeadLetterPage page(DeadLetterFilter filter, long after, int limit) {
        long from = first(filter);
        long to = behindLast(filter);
        List<Run> runs = runs(filter);
        Page page = new Page(limit);
        if (kindsDecide(filter)) {
            long total = runs.stream().mapToLong(run -> run.count(from, to)).sum();
            if (!page.isFull()) {
                forEach(runs, Math.max(after, from - 1), to, id -> {
                    page.add(letter(id));
                    return !page.isFull();
                });
            }
            return new DeadLetterPage(total, page.letters);
        }
        long[] total = {0};
        forEach(runs, from - 1, to, id -> {
            DeadLetter letter = letter(id);
            if (filter.test(letter)) {
                total[0]++;
                if (id > after && !page.isFull()) {
                    page.add(letter);
                }
            }
            return true;
        });
        return new DeadLetterPage(total[0], page.letters);
    }

    List<LetterGroup> groups(DeadLetterFilter filter) {
        long from = first(filter);
        long to = behindLast(filter);
        Map<LetterKind, Long> counts = new HashMap<>();
        if (kindsDecide(filter)) {
            kinds.of(filter)
                    .forEach((kind, number) ->
                            counts.put(kind, run(byKind, number).count(from, to)));
        } else {
            forEach(runs(filter), from - 1, to, id -> {
                DeadLetter letter = letter(id);
                if (filter.test(letter)) {
                    counts.merge(kinds.told(LetterKind.of(letter)), 1L, Long::sum);
                }
                return true;
            });
        }
        return counts.entrySet().stream()
                .filter(each -> each.getValue() > 0)
                .map(each -> each.getKey().group(each.getValue()))
                .sorted(Comparator.comparingLong(LetterGroup::letters).reversed())
                .toList();
    }

    private boolean kindsDecide(DeadLetterFilter filter) {
        return filter.isOfKinds() && !kinds.areTooMany(filter);
    }

    private long first(DeadLetterFilter filter) {
        return filter.since() == null ? 0 : firstOf(filter.since());
    }

    private long behindLast(DeadLetterFilter filter) {
        return filter.until() == null ? Long.MAX_VALUE : firstOf(filter.until());
    }

    private static final class Page {
        private final int limit;
        private final List<DeadLetter> letters = new ArrayList<>();
        private int bytes;

        Page(int limit) {
            this.limit = limit;
        }

        void add(DeadLetter letter) {
            letters.add(letter);
            bytes += letter.content().bytes().length;
        }

        boolean isFull() {
            return letters.size() >= limit || bytes >= PAGE_BYTES;
        }
    }

    private DeadLetter letter(long id) {
        return decoder.decode(id, letters.get(id));
    }

    /** The first id of those that came at that moment or later. */
    private long firstOf(Instant moment) {
        long low = 0;
        long high = letters.sizeAsLong();
        while (low < high) {
            long middle = (low + high) >>> 1;
            if (letter(letters.getKey(middle)).at().isBefore(moment)) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low == letters.sizeAsLong() ? Long.MAX_VALUE : letters.getKey(low);
    }

    /** All that the filter accepts is in them, each once. */
    private List<Run> runs(DeadLetterFilter filter) {
        if (filter.messageId() != null) {
            return List.of(run(byTerm, LetterTerm.messageId(filter.messageId())));
        }
        if (filter.entity() != null) {
            return List.of(run(byTerm, LetterTerm.entity(filter.entity())));
        }
        if (filter.integration() == null && filter.code() == null && filter.reason() == null) {
            return List.of(all());
        }
        return kinds.of(filter).values().stream()
                .map(number -> run(byKind, number))
                .toList();
    }

    private Run all() {
        return new Run() {
            @Override
            public long next(long after) {
                Long next = letters.higherKey(after);
                return next == null ? -1 : next;
            }

            @Override
            public long count(long from, long to) {
                return Math.max(0, IdIndex.before(letters, to) - IdIndex.before(letters, from));
            }
        };
    }

    private static Run run(IdIndex index, long number) {
        return new Run() {
            @Override
            public long next(long after) {
                return index.next(number, after);
            }

            @Override
            public long count(long from, long to) {
                return index.count(number, from, to);
            }
        };
    }

    private interface Visitor {
        /** @return whether more are wanted */
        boolean next(long id);
    }

    /** In order, from above {@code after} to below {@code to}. */
    private static void forEach(List<Run> runs, long after, long to, Visitor visitor) {
        PriorityQueue<Cursor> cursors = new PriorityQueue<>((a, b) -> Long.compare(a.next, b.next));
        runs.forEach(run -> add(cursors, run, after));
        while (!cursors.isEmpty()) {
            Cursor first = cursors.poll();
            if (first.next >= to || !visitor.next(first.next)) {
                return;
            }
            add(cursors, first.run, first.next);
        }
    }

    private static void add(PriorityQueue<Cursor> cursors, Run run, long after) {
        long next = run.next(after);
        if (next >= 0) {
            cursors.add(new Cursor(run, next));
        }
    }
}

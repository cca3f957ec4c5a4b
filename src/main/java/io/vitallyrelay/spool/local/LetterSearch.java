package io.vitallyrelay.spool.local;

import io.vitallyrelay.spool.DeadLetter;
import io.vitallyrelay.spool.DeadLetterFilter;
import io.vitallyrelay.spool.DeadLetterPage;
import io.vitallyrelay.spool.DeadLetters;
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
 * Finds letters by what the indexes say of them, and looks only into those of which that is not enough, a bounded number of them
 * for a page. For one search.
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
        return kindsDecide(filter) ? known(filter, after, limit) : lookedAt(filter, after, limit);
    }

    private DeadLetterPage known(DeadLetterFilter filter, long after, int limit) {
        Page page = new Page(limit);
        if (limit > 0) {
            forEach(runs(filter), Math.max(after, first(filter) - 1), behindLast(filter), id -> {
                if (page.isFull()) {
                    page.goesOn();
                    return false;
                }
                page.add(letter(id));
                return true;
            });
        }
        return page.of(count(filter));
    }

    private DeadLetterPage lookedAt(DeadLetterFilter filter, long after, int limit) {
        long from = Math.max(0, first(filter) - 1);
        Page page = new Page(limit);
        int[] looked = {0};
        long[] total = {0};
        forEach(runs(filter), Math.max(after, from), behindLast(filter), id -> {
            if (looked[0] == DeadLetters.LOOKED_AT || (limit > 0 && page.isFull())) {
                page.goesOn();
                return false;
            }
            looked[0]++;
            page.last = id;
            DeadLetter letter = letter(id);
            if (filter.test(letter)) {
                total[0]++;
                if (limit > 0) {
                    page.add(letter);
                }
            }
            return true;
        });
        boolean all = after <= from && page.next == DeadLetterPage.END;
        return page.of(all ? total[0] : DeadLetterPage.UNKNOWN);
    }

    long count(DeadLetterFilter filter) {
        long from = first(filter);
        long to = behindLast(filter);
        if (kindsDecide(filter)) {
            return runs(filter).stream().mapToLong(run -> run.count(from, to)).sum();
        }
        long[] total = {0};
        forEach(runs(filter), from - 1, to, id -> {
            total[0] += filter.test(letter(id)) ? 1 : 0;
            return true;
        });
        return total[0];
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
        /** The one that was looked at last. */
        private long last;

        private long next = DeadLetterPage.END;

        Page(int limit) {
            this.limit = limit;
        }

        void add(DeadLetter letter) {
            letters.add(letter);
            bytes += letter.content().bytes().length;
            last = letter.id();
        }

        boolean isFull() {
            return letters.size() >= limit || bytes >= PAGE_BYTES;
        }

        void goesOn() {
            next = last;
        }

        DeadLetterPage of(long total) {
            return new DeadLetterPage(total, letters, next);
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
        if (filter.unit() != null) {
            return List.of(run(byTerm, LetterTerm.unit(filter.unit())));
        }
        if (!filter.choosesKinds()) {
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

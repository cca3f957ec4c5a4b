package io.vitallyrelay.spool.local;

import io.vitallyrelay.spool.Counts;
import io.vitallyrelay.spool.IntegrationCounts;
import io.vitallyrelay.spool.UnitCounts;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** All units of the store, by id and by name, and the sums of their counts. Guarded by the lock of {@link Staging}. */
final class Units {
    /** Smaller than any other character, so that the units of an integration stand together, in the order of their names. */
    private static final char BETWEEN = 0;

    private final Map<Long, Unit> byId = new HashMap<>();
    private final TreeMap<String, Unit> byName = new TreeMap<>();
    private final TreeMap<String, Unit> unfinished = new TreeMap<>();
    /** In the order in which they were finished; what is finished no longer is among them too. */
    private final Deque<Finished> finished = new ArrayDeque<>();

    private final Map<String, Counts> ofIntegration = new TreeMap<>();
    private Counts sum = Counts.NONE;
    private long nextId;

    private record Finished(long at, Unit unit) {}

    void recover(Collection<Unit> stored) {
        for (Unit unit : stored) {
            add(unit);
            addToSums(unit, unit.counts);
            if (unit.finishedAt == 0) {
                begin(unit);
            }
        }
        stored.stream()
                .filter(unit -> unit.finishedAt != 0)
                .sorted(Comparator.comparingLong(unit -> unit.finishedAt))
                .forEach(unit -> finished.add(new Finished(unit.finishedAt, unit)));
    }

    /** Its source is at it. */
    void begin(Unit unit) {
        unit.finishedAt = 0;
        unfinished.put(place(unit.integration, unit.name), unit);
    }

    /** @param at epoch milliseconds, not before those of the ones finished last, or a little only */
    void finish(Unit unit, long at) {
        unit.finishedAt = at;
        unfinished.remove(place(unit.integration, unit.name));
        finished.add(new Finished(at, unit));
    }

    private void add(Unit unit) {
        byId.put(unit.id, unit);
        byName.put(place(unit.integration, unit.name), unit);
        nextId = Math.max(nextId, unit.id + 1);
    }

    /** Counts more of the unit. */
    void add(Unit unit, Counts more) {
        unit.counts = unit.counts.plus(more);
        addToSums(unit, more);
    }

    private void addToSums(Unit unit, Counts more) {
        sum = sum.plus(more);
        ofIntegration.merge(unit.integration, more, Counts::plus);
    }

    /** The unit of that name, which is created where there is none. */
    Unit of(String integration, String name) {
        Unit unit = find(integration, name);
        if (unit == null) {
            unit = new Unit(nextId, StoredText.place(integration), StoredText.place(name));
            add(unit);
        }
        return unit;
    }

    /** Null where there is none. */
    Unit find(String integration, String name) {
        return byName.get(place(integration, name));
    }

    Unit get(long id) {
        return byId.get(id);
    }

    /**
     * The unit in whose counts a letter is: its own, or the one of those that were rolled up.
     *
     * @throws IllegalStateException when it is in none
     */
    Unit withLetterOf(String integration, String name) {
        return Stream.of(name, LocalSpool.ROLLED_UP)
                .map(each -> find(integration, each))
                .filter(unit -> unit != null && unit.counts.dead() > 0)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(
                        "no unit " + name + " of " + integration + " has a dead letter by its counts"));
    }

    /** Takes counts out of a unit that holds those of others, into the one they belong to, which it gives. */
    Unit unroll(Unit sum, String name, Counts counts, long now) {
        Unit own = find(sum.integration, name);
        if (own == null) {
            own = of(sum.integration, name);
            finish(own, now);
        }
        sum.counts = sum.counts.minus(counts);
        own.counts = own.counts.plus(counts);
        return own;
    }

    /** Its counts stay in the sums: another unit has them now. */
    void remove(Unit unit) {
        byId.remove(unit.id);
        byName.remove(place(unit.integration, unit.name));
    }

    /** Takes those that were finished before that moment (epoch milliseconds) and have nothing pending; each is given once. */
    List<Unit> takeFinishedBefore(long moment) {
        List<Unit> taken = new ArrayList<>();
        List<Finished> later = new ArrayList<>();
        while (!finished.isEmpty() && finished.peek().at < moment) {
            Finished next = finished.poll();
            boolean still = next.unit.finishedAt == next.at && !next.unit.name.equals(LocalSpool.ROLLED_UP);
            if (still && next.unit.counts.pending() == 0) {
                taken.add(next.unit);
            } else if (still) {
                later.add(next);
            }
        }
        later.forEach(finished::addFirst);
        return taken;
    }

    List<UnitCounts> unfinished(String integration) {
        String name = StoredText.place(integration);
        List<UnitCounts> found = new ArrayList<>();
        for (Unit unit :
                unfinished.subMap(name + BETWEEN, name + (char) (BETWEEN + 1)).values()) {
            found.add(unit.shown());
        }
        return found;
    }

    /** The units behind a {@link #place}, in order, at most so many. */
    List<UnitCounts> after(String place, int most) {
        List<UnitCounts> next = new ArrayList<>();
        // not a stream: it asks for the size, and a part of a tree has to count itself for that
        for (Unit unit : byName.tailMap(place, false).values()) {
            if (next.size() == most) {
                break;
            }
            next.add(unit.shown());
        }
        return next;
    }

    Counts counts() {
        return sum;
    }

    Counts counts(String integration) {
        return ofIntegration.getOrDefault(StoredText.place(integration), Counts.NONE);
    }

    List<IntegrationCounts> integrations() {
        return ofIntegration.entrySet().stream()
                .map(each -> new IntegrationCounts(each.getKey(), each.getValue()))
                .toList();
    }

    /** The place of a unit in their order. */
    static String place(String integration, String name) {
        return StoredText.place(integration) + BETWEEN + StoredText.place(name);
    }
}

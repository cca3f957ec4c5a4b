package io.vitallyrelay.spool.local;

import io.vitallyrelay.spool.Counts;
import io.vitallyrelay.spool.IntegrationCounts;
import io.vitallyrelay.spool.UnitCounts;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** All units of the store, by id and by name, and the sums of their counts. Guarded by the lock of {@link Staging}. */
final class Units {
    /** Smaller than any other character, so that the units of an integration stand together, in the order of their names. */
    private static final char BETWEEN = 0;

    private final Map<Long, Unit> byId = new HashMap<>();
    private final TreeMap<String, Unit> byName = new TreeMap<>();
    private final Map<String, Counts> ofIntegration = new TreeMap<>();
    private Counts sum = Counts.NONE;
    private long nextId;

    void recover(Collection<Unit> stored) {
        for (Unit unit : stored) {
            add(unit);
            addToSums(unit, unit.counts);
        }
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

    /** Its counts stay in the sums: another unit has them now. */
    void remove(Unit unit) {
        byId.remove(unit.id);
        byName.remove(place(unit.integration, unit.name));
    }

    /** Those that were finished before that moment (epoch milliseconds), with nothing pending, and not rolled up yet. */
    List<Unit> finishedBefore(long moment) {
        return byId.values().stream()
                .filter(unit -> unit.finishedAt != 0 && unit.finishedAt < moment && unit.counts.pending() == 0)
                .filter(unit -> !unit.name.equals(LocalSpool.ROLLED_UP))
                .toList();
    }

    List<UnitCounts> unfinished(String integration) {
        String name = StoredText.place(integration);
        return byName.subMap(name + BETWEEN, name + (char) (BETWEEN + 1)).values().stream()
                .filter(unit -> unit.finishedAt == 0)
                .map(Unit::shown)
                .toList();
    }

    /** The units behind a {@link #place}, in order, at most so many; the first ones where it is null. */
    List<UnitCounts> after(String place, int most) {
        return (place == null ? byName : byName.tailMap(place, false))
                .values().stream().limit(most).map(Unit::shown).toList();
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

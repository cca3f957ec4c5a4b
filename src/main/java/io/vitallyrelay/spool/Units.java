package io.vitallyrelay.spool;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** All units of the store, by id and by name. Guarded by the lock of {@link Staging}. */
final class Units {
    private final Map<Long, Unit> byId = new HashMap<>();
    private final Map<String, Unit> byName = new HashMap<>();
    private long nextId;

    void recover(Collection<Unit> stored) {
        stored.forEach(this::add);
    }

    private void add(Unit unit) {
        byId.put(unit.id, unit);
        byName.put(key(unit.integration, unit.name), unit);
        nextId = Math.max(nextId, unit.id + 1);
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
        return byName.get(key(integration, name));
    }

    Unit get(long id) {
        return byId.get(id);
    }

    void remove(Unit unit) {
        byId.remove(unit.id);
        byName.remove(key(unit.integration, unit.name));
    }

    /** Those that were finished before that moment (epoch milliseconds), with nothing pending, and not rolled up yet. */
    List<Unit> finishedBefore(long moment) {
        return byId.values().stream()
                .filter(unit -> unit.finishedAt != 0 && unit.finishedAt < moment && unit.pending() == 0)
                .filter(unit -> !unit.name.equals(LocalSpool.ROLLED_UP))
                .toList();
    }

    List<UnitCounts> counts(Predicate<Unit> which) {
        return byId.values().stream().filter(which).map(Unit::counts).toList();
    }

    long deadLetters(String integration) {
        return byId.values().stream()
                .filter(unit -> unit.integration.equals(integration))
                .mapToLong(unit -> unit.dead)
                .sum();
    }

    private static String key(String integration, String name) {
        return StoredText.place(integration) + '\n' + StoredText.place(name);
    }
}

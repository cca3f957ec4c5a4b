package io.vitallyrelay.ledger;

import io.vitallyrelay.delivery.Hold;
import io.vitallyrelay.spool.UnitCounts;
import java.util.List;

/**
 * All counts at one moment, in messages. A record counts as many messages as it became; one that became a dead letter counts
 * as one.
 *
 * @param holds why the lanes wait for an operator, and since when; empty where they do not
 */
public record Ledger(
        long read, long delivered, long dead, long pending, boolean held, List<Hold> holds, List<Entry> units) {

    /** One unit's counts; {@code skipped} records became nothing by their mapping and are not part of {@code read}. */
    public record Entry(
            String integration, String unit, long read, long delivered, long dead, long pending, long skipped) {}

    public static Ledger of(List<UnitCounts> units, List<Hold> holds) {
        List<Entry> entries = units.stream()
                .map(u -> new Entry(
                        u.integration(), u.unit(), u.read(), u.delivered(), u.dead(), u.pending(), u.skipped()))
                .toList();
        return new Ledger(
                entries.stream().mapToLong(Entry::read).sum(),
                entries.stream().mapToLong(Entry::delivered).sum(),
                entries.stream().mapToLong(Entry::dead).sum(),
                entries.stream().mapToLong(Entry::pending).sum(),
                !holds.isEmpty(),
                holds,
                entries);
    }
}

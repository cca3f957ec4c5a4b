package io.vitallyrelay.cli;

import io.vitallyrelay.ledger.Ledger;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The ledger by integration, with a line of totals. */
final class LedgerTable {
    private LedgerTable() {}

    static Table of(Ledger ledger) {
        return of(ledger, List.of());
    }

    /** @param integrations have a line even if nothing was read for them */
    static Table of(Ledger ledger, Collection<String> integrations) {
        Map<String, long[]> sums = new TreeMap<>();
        integrations.forEach(integration -> sums.put(integration, new long[4]));
        for (Ledger.Entry unit : ledger.units()) {
            sums.merge(
                    unit.integration(),
                    new long[] {unit.read(), unit.delivered(), unit.dead(), unit.pending()},
                    LedgerTable::sum);
        }
        Table table = new Table("integration", "read", "delivered", "dead", "pending");
        sums.forEach((integration, counts) -> table.add(cells(integration, counts)));
        table.add("total", ledger.read(), ledger.delivered(), ledger.dead(), ledger.pending());
        return table;
    }

    private static Object[] cells(String integration, long[] counts) {
        return Stream.concat(Stream.of(integration), Arrays.stream(counts).boxed())
                .toArray();
    }

    private static long[] sum(long[] a, long[] b) {
        return new long[] {a[0] + b[0], a[1] + b[1], a[2] + b[2], a[3] + b[3]};
    }
}

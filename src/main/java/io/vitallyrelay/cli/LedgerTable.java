package io.vitallyrelay.cli;

import io.vitallyrelay.ledger.LedgerView;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The ledger by integration, with a line of totals. */
public final class LedgerTable {
    private LedgerTable() {}

    static Table of(LedgerView ledger) {
        return of(ledger, List.of());
    }

    /** @param integrations have a line even if nothing was read for them */
    public static Table of(LedgerView ledger, Collection<String> integrations) {
        Map<String, long[]> sums = new TreeMap<>();
        integrations.forEach(integration -> sums.put(integration, new long[4]));
        for (LedgerView.Sums each : ledger.integrations()) {
            sums.put(each.integration(), new long[] {each.read(), each.delivered(), each.dead(), each.pending()});
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
}

package io.vitallyrelay.cli;

import io.vitallyrelay.ledger.LedgerView;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The ledger by integration, with a line of totals. What was discarded has a column where there is such. */
public final class LedgerTable {
    private LedgerTable() {}

    static TextTable of(LedgerView ledger) {
        return of(ledger, List.of());
    }

    /** @param integrations have a line even if nothing was read for them */
    public static TextTable of(LedgerView ledger, Collection<String> integrations) {
        Map<String, LedgerView.Sums> sums = new TreeMap<>();
        integrations.forEach(each -> sums.put(each, new LedgerView.Sums(each, 0, 0, 0, 0, 0, 0)));
        ledger.integrations().forEach(each -> sums.put(each.integration(), each));
        boolean discarded = ledger.discarded() > 0;
        TextTable table = discarded
                ? new TextTable("integration", "read", "delivered", "dead", "discarded", "pending")
                : new TextTable("integration", "read", "delivered", "dead", "pending");
        sums.values().forEach(each -> table.add(cells(each, discarded)));
        table.add(cells(total(ledger), discarded));
        return table;
    }

    private static LedgerView.Sums total(LedgerView ledger) {
        return new LedgerView.Sums(
                "total", ledger.read(), ledger.delivered(), ledger.dead(), ledger.discarded(), ledger.pending(), 0);
    }

    private static Object[] cells(LedgerView.Sums of, boolean discarded) {
        return discarded
                ? new Object[] {of.integration(), of.read(), of.delivered(), of.dead(), of.discarded(), of.pending()}
                : new Object[] {of.integration(), of.read(), of.delivered(), of.dead(), of.pending()};
    }
}

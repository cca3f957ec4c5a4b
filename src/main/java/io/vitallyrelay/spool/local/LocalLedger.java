package io.vitallyrelay.spool.local;

import io.vitallyrelay.spool.Counts;
import io.vitallyrelay.spool.IntegrationCounts;
import io.vitallyrelay.spool.Ledger;
import io.vitallyrelay.spool.UnitCounts;
import io.vitallyrelay.spool.UnitFilter;
import io.vitallyrelay.spool.UnitPage;
import java.util.ArrayList;
import java.util.List;

/** Reads a few units at a time, so that nobody waits long for the lock. Thread-safe. */
record LocalLedger(Staging staging) implements Ledger {
    private static final int STEP = 500;

    @Override
    public Counts totals() {
        return staging.counts();
    }

    @Override
    public List<IntegrationCounts> integrations() {
        return staging.integrations();
    }

    @Override
    public Counts totals(String integration) {
        return staging.counts(integration);
    }

    @Override
    public UnitPage units(UnitFilter filter, String after, int limit) {
        List<UnitCounts> found = new ArrayList<>();
        String first = filter.integration() == null ? "" : Units.place(filter.integration(), "");
        String at = after == null ? first : after;
        while (true) {
            List<UnitCounts> some = staging.units(at, STEP);
            for (UnitCounts unit : some) {
                boolean behind =
                        filter.integration() != null && unit.integration().compareTo(filter.integration()) > 0;
                if (behind) {
                    return new UnitPage(found, null);
                }
                if (filter.accepts(unit)) {
                    if (found.size() == limit) {
                        return new UnitPage(found, at);
                    }
                    found.add(unit);
                }
                at = Units.place(unit.integration(), unit.unit());
            }
            if (some.size() < STEP) {
                return new UnitPage(found, null);
            }
        }
    }
}

package io.vitallyrelay.spool;

import java.util.List;

/**
 * What became of all that was read: {@code read = delivered + dead + discarded + pending} at every moment, in each unit and in all. Reading
 * it keeps nobody waiting, however many units there are.
 */
public interface Ledger {

    /** Of all units. */
    Counts totals();

    /** The sums of each integration, by name; those of units that were rolled up included. */
    List<IntegrationCounts> integrations();

    /** The sums of one integration; zeros where there is none of that name. */
    Counts totals(String integration);

    /**
     * Units in the order of integration and name.
     *
     * @param after the place behind which the page begins, as {@link UnitPage#next} gave it; null for the first page
     * @param limit units at most
     */
    UnitPage units(UnitFilter filter, String after, int limit);
}

package io.vitallyrelay.ledger;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.vitallyrelay.delivery.Hold;
import io.vitallyrelay.spool.Counts;
import io.vitallyrelay.spool.IntegrationCounts;
import io.vitallyrelay.spool.UnitCounts;
import io.vitallyrelay.spool.UnitPage;
import java.util.List;
import java.util.function.Function;

/**
 * The ledger as the HTTP interface shows it, in messages. A record counts as many messages as it became; one that became a dead
 * letter counts as one.
 *
 * @param holds why the lanes wait for an operator, and since when; empty where they do not
 * @param integrations the sums of each of them
 * @param units a page of them
 * @param next what {@code after} is for the next page; absent where there is none
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record LedgerView(
        long read,
        long delivered,
        long dead,
        long discarded,
        long pending,
        boolean held,
        List<Hold> holds,
        List<Sums> integrations,
        List<Entry> units,
        String next) {

    /**
     * One unit's counts; {@code skipped} records became nothing by their mapping and are not part of {@code read}.
     *
     * @param progress absent where it is not known to be read at the moment
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Entry(
            String integration,
            String unit,
            long read,
            long delivered,
            long dead,
            long discarded,
            long pending,
            long skipped,
            Progress progress) {}

    /**
     * @param percent of a unit that is read, from 0 to 100
     * @param secondsLeft until it is read; absent where that is not known yet
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Progress(double percent, Long secondsLeft) {}

    /** The counts of all units of an integration. */
    public record Sums(
            String integration, long read, long delivered, long dead, long discarded, long pending, long skipped) {}

    /**
     * @param totals of what is asked for
     * @param progress of a unit, null where it is not known
     * @param next as {@link #next}
     */
    public static LedgerView of(
            Counts totals,
            List<IntegrationCounts> integrations,
            UnitPage page,
            List<Hold> holds,
            Function<UnitCounts, Progress> progress,
            String next) {
        return new LedgerView(
                totals.read(),
                totals.delivered(),
                totals.dead(),
                totals.discarded(),
                totals.pending(),
                !holds.isEmpty(),
                holds,
                integrations.stream().map(LedgerView::sums).toList(),
                page.units().stream()
                        .map(unit -> entry(unit, progress.apply(unit)))
                        .toList(),
                next);
    }

    private static Entry entry(UnitCounts of, Progress progress) {
        Counts c = of.counts();
        return new Entry(
                of.integration(),
                of.unit(),
                c.read(),
                c.delivered(),
                c.dead(),
                c.discarded(),
                c.pending(),
                c.skipped(),
                progress);
    }

    private static Sums sums(IntegrationCounts of) {
        Counts c = of.counts();
        return new Sums(of.integration(), c.read(), c.delivered(), c.dead(), c.discarded(), c.pending(), c.skipped());
    }
}

package io.vitallyrelay.console;

import io.vitallyrelay.delivery.Gate;
import io.vitallyrelay.ledger.LedgerView;
import io.vitallyrelay.source.file.OpenFiles;
import io.vitallyrelay.spool.Counts;
import io.vitallyrelay.spool.IntegrationCounts;
import io.vitallyrelay.spool.Ledger;
import io.vitallyrelay.spool.Spool;
import io.vitallyrelay.spool.UnitCounts;
import io.vitallyrelay.spool.UnitFilter;
import io.vitallyrelay.spool.UnitPage;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Locale;

/** {@code GET /api/ledger}: what became of all that was read. */
@Path("/api/ledger")
@Produces(MediaType.APPLICATION_JSON)
public class LedgerResource {
    private static final int MOST = 10_000;

    private final Ledger ledger;
    private final Gate gate;
    private final OpenFiles openFiles;

    LedgerResource(Spool spool, Gate gate, OpenFiles openFiles) {
        this.openFiles = openFiles;
        this.ledger = spool.ledger();
        this.gate = gate;
    }

    /**
     * @param integration only of this one
     * @param state only units of this one: {@code reading}, {@code pending}, {@code settled} or {@code dead}
     * @param limit units at most, 0 to 10,000
     * @param after as {@code next} of the page before
     */
    @GET
    public LedgerView ledger(
            @QueryParam("integration") String integration,
            @QueryParam("state") String state,
            @QueryParam("limit") @DefaultValue("1000") String limit,
            @QueryParam("after") String after) {
        UnitFilter filter = new UnitFilter(integration, state(state));
        UnitPage page = ledger.units(filter, place(after), (int) Query.number("limit", limit, MOST));
        Counts totals = integration == null ? ledger.totals() : ledger.totals(integration);
        List<IntegrationCounts> integrations = ledger.integrations().stream()
                .filter(each -> integration == null || integration.equals(each.integration()))
                .toList();
        return LedgerView.of(totals, integrations, page, gate.holds(), this::progress, after(page.next()));
    }

    private LedgerView.Progress progress(UnitCounts unit) {
        return openFiles
                .progress(unit.integration(), unit.unit())
                .map(file -> new LedgerView.Progress(Math.round(file.percent() * 10) / 10.0, file.secondsLeft()))
                .orElse(null);
    }

    private static UnitFilter.State state(String state) {
        for (UnitFilter.State each : UnitFilter.State.values()) {
            if (each.name().toLowerCase(Locale.ROOT).equals(state)) {
                return each;
            }
        }
        if (state == null) {
            return null;
        }
        throw Query.refused(400, "state=" + state + ": must be reading, pending, settled or dead");
    }

    private static String after(String place) {
        return place == null
                ? null
                : Base64.getUrlEncoder().withoutPadding().encodeToString(place.getBytes(StandardCharsets.UTF_8));
    }

    private static String place(String after) {
        try {
            return after == null ? null : new String(Base64.getUrlDecoder().decode(after), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw Query.refused(400, "after=" + after + ": must be what next was on the page before");
        }
    }
}

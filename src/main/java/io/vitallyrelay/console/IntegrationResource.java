package io.vitallyrelay.console;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.vitallyrelay.spool.Counts;
import io.vitallyrelay.spool.IntegrationCounts;
import io.vitallyrelay.spool.Ledger;
import io.vitallyrelay.spool.Spool;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** {@code GET /api/integrations}: how it goes with each integration that there is, or of which something is counted. */
@Path("/api/integrations")
@Produces(MediaType.APPLICATION_JSON)
public class IntegrationResource {
    private final Ledger ledger;
    private final IntegrationStates states;

    IntegrationResource(Spool spool, IntegrationStates states) {
        this.ledger = spool.ledger();
        this.states = states;
    }

    /** By name. */
    public record Page(List<View> integrations) {}

    /**
     * One integration.
     *
     * @param state {@code running}, {@code waiting}, {@code held} or {@code failing}
     * @param why absent where nothing is wrong
     * @param since absent where it is not known
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record View(
            String integration,
            String state,
            String why,
            Instant since,
            long read,
            long delivered,
            long dead,
            long discarded,
            long pending,
            long skipped) {

        static View of(String integration, IntegrationStates.State state, Counts counts) {
            return new View(
                    integration,
                    state.word().shown(),
                    state.why(),
                    state.since(),
                    counts.read(),
                    counts.delivered(),
                    counts.dead(),
                    counts.discarded(),
                    counts.pending(),
                    counts.skipped());
        }
    }

    @GET
    public Page integrations() {
        Map<String, Counts> counts = new TreeMap<>();
        states.names().forEach(each -> counts.put(each, Counts.NONE));
        for (IntegrationCounts each : ledger.integrations()) {
            counts.put(each.integration(), each.counts());
        }
        return new Page(counts.entrySet().stream()
                .map(each -> View.of(each.getKey(), states.of(each.getKey()), each.getValue()))
                .toList());
    }
}

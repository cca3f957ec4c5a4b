package io.vitallyrelay.console;

import io.vitallyrelay.delivery.Gate;
import io.vitallyrelay.ledger.Ledger;
import io.vitallyrelay.spool.Spool;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

/** {@code GET /api/ledger}: all counts at one moment. */
@Path("/api/ledger")
@Produces(MediaType.APPLICATION_JSON)
public class LedgerResource {
    private final Spool spool;
    private final Gate gate;

    LedgerResource(Spool spool, Gate gate) {
        this.spool = spool;
        this.gate = gate;
    }

    @GET
    public Ledger ledger() {
        return Ledger.of(spool.units(), gate.holds());
    }
}

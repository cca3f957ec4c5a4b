package io.vitallyrelay.console;

import com.fasterxml.jackson.annotation.JsonRawValue;
import com.fasterxml.jackson.databind.JsonNode;
import io.vitallyrelay.delivery.Secrets;
import io.vitallyrelay.letters.Audit;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.List;

/** {@code GET /api/audit}: what operators did. */
@Path("/api/audit")
@Produces(MediaType.APPLICATION_JSON)
public class AuditResource {
    private static final int MOST = 1000;

    private final Audit audit;
    private final Secrets secrets;

    AuditResource(Audit audit, Secrets secrets) {
        this.audit = audit;
        this.secrets = secrets;
    }

    /** @param entries the last deeds as a JSON array, newest first */
    public record Page(@JsonRawValue String entries) {}

    @GET
    public Page last(@QueryParam("limit") @DefaultValue("100") String limit) {
        List<JsonNode> entries = audit.last((int) Query.number("limit", limit, MOST));
        return new Page(secrets.hide(entries.toString()));
    }
}

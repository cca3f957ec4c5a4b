package io.vitallyrelay.console;

import com.fasterxml.jackson.databind.JsonNode;
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

    AuditResource(Audit audit) {
        this.audit = audit;
    }

    /** The last deeds, newest first. */
    public record Page(List<JsonNode> entries) {}

    @GET
    public Page last(@QueryParam("limit") @DefaultValue("100") String limit) {
        return new Page(audit.last((int) Query.number("limit", limit, MOST)));
    }
}

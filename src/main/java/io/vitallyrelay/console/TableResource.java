package io.vitallyrelay.console;

import io.vertx.core.http.HttpServerRequest;
import io.vitallyrelay.letters.Audit;
import io.vitallyrelay.source.table.Table;
import io.vitallyrelay.source.table.TableStatus;
import io.vitallyrelay.source.table.Tables;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.UncheckedIOException;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code GET /api/tables} says how polls go; {@code POST /api/tables/{integration}/reset} begins a table anew. */
@Path("/api/tables")
@Produces(MediaType.APPLICATION_JSON)
public class TableResource {
    private final Tables tables;
    private final Audit audit;
    private final Caller caller;
    private final InstantSource clock;

    TableResource(Tables tables, Audit audit, Caller caller, InstantSource clock) {
        this.tables = tables;
        this.audit = audit;
        this.caller = caller;
        this.clock = clock;
    }

    /** The integrations that read tables. */
    public record AllTables(List<TableStatus> tables) {}

    /** @param stood where the reading stood, as the resume point has it */
    public record Reset(String integration, String stood) {}

    @GET
    public AllTables all() {
        return new AllTables(tables.status());
    }

    /** 404 where no table of that integration is polled, 409 where it cannot be reset now, or at all. */
    @POST
    @Path("/{integration}/reset")
    public Response reset(
            @PathParam("integration") String integration,
            @QueryParam("by") String by,
            @Context HttpServerRequest request)
            throws InterruptedException {
        Optional<Table> table = tables.of(integration);
        if (table.isEmpty()) {
            return refused(Response.Status.NOT_FOUND, "no table is polled for " + integration);
        }
        try {
            audit.add(new Audit.Entry(
                    clock.instant(),
                    caller.name(Query.text("by", by)),
                    Query.address(request),
                    "reset",
                    Map.of("integration", integration)));
        } catch (UncheckedIOException e) {
            return refused(Response.Status.INTERNAL_SERVER_ERROR, e.getMessage() + ": nothing is reset");
        }
        try {
            return Response.ok(new Reset(integration, table.get().reset())).build();
        } catch (IllegalStateException e) {
            return refused(Response.Status.CONFLICT, e.getMessage());
        }
    }

    private static Response refused(Response.Status status, String error) {
        return Response.status(status).entity(Map.of("error", error)).build();
    }
}

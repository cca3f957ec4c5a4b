package io.vitallyrelay.console;

import io.vitallyrelay.delivery.Secrets;
import io.vitallyrelay.spool.DeadLetter;
import io.vitallyrelay.spool.DeadLetterFilter;
import io.vitallyrelay.spool.DeadLetterPage;
import io.vitallyrelay.spool.DeadLetters;
import io.vitallyrelay.spool.Spool;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.List;

/** {@code GET /api/dead-letters}: what was not accepted, why, and where it came from. */
@Path("/api/dead-letters")
@Produces(MediaType.APPLICATION_JSON)
public class DeadLetterResource {
    private static final int MOST = 1000;

    private final DeadLetters letters;
    private final Secrets secrets;

    DeadLetterResource(Spool spool, Secrets secrets) {
        this.letters = spool.deadLetters();
        this.secrets = secrets;
    }

    /** How many fit the filter in all, and one page of them, oldest first. */
    public record Page(long total, List<DeadLetterView> letters) {}

    /**
     * @param integration only those of this integration
     * @param code only those with this one, e.g. {@code refused}
     * @param reason only those whose reason contains this text
     * @param since only those from this moment on, ISO-8601 such as 2026-01-31T00:00:00Z
     * @param until only those from before this moment
     * @param entity only those about this one, e.g. {@code user:u1}
     * @param messageId only those with this one
     * @param limit at most this many, 1 to 1000
     * @param after only those behind the one with this id
     */
    @GET
    public Page letters(
            @QueryParam("integration") String integration,
            @QueryParam("code") String code,
            @QueryParam("reason") String reason,
            @QueryParam("since") String since,
            @QueryParam("until") String until,
            @QueryParam("entity") String entity,
            @QueryParam("messageId") String messageId,
            @QueryParam("limit") @DefaultValue("100") String limit,
            @QueryParam("after") @DefaultValue("0") String after) {
        DeadLetterFilter filter = Query.filter(integration, code, reason, since, until, entity, messageId);
        DeadLetterPage page = letters.page(
                filter, Query.number("after", after, Long.MAX_VALUE), (int) Query.number("limit", limit, MOST));
        return new Page(page.total(), page.letters().stream().map(this::view).toList());
    }

    @GET
    @Path("/{id}")
    public DeadLetterView letter(@jakarta.ws.rs.PathParam("id") String id) {
        return letters.get(Query.number("id", id, Long.MAX_VALUE))
                .map(this::view)
                .orElseThrow(() -> Query.refused(404, "there is no dead letter " + id));
    }

    private DeadLetterView view(DeadLetter letter) {
        return DeadLetterView.of(letter, secrets);
    }
}

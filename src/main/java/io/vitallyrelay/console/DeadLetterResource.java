package io.vitallyrelay.console;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.vertx.core.http.HttpServerRequest;
import io.vitallyrelay.delivery.Secrets;
import io.vitallyrelay.letters.Job;
import io.vitallyrelay.letters.Jobs;
import io.vitallyrelay.letters.NoReplayException;
import io.vitallyrelay.spool.DeadLetter;
import io.vitallyrelay.spool.DeadLetterPage;
import io.vitallyrelay.spool.DeadLetters;
import io.vitallyrelay.spool.LetterGroup;
import io.vitallyrelay.spool.Spool;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;

/** {@code /api/dead-letters}: what was not accepted, why, and where it came from; and what is done to it. */
@Path("/api/dead-letters")
@Produces(MediaType.APPLICATION_JSON)
public class DeadLetterResource {
    private static final int MOST = 1000;

    private final DeadLetters letters;
    private final Jobs jobs;
    private final Caller caller;
    private final Secrets secrets;

    DeadLetterResource(Spool spool, Jobs jobs, Caller caller, Secrets secrets) {
        this.letters = spool.deadLetters();
        this.jobs = jobs;
        this.caller = caller;
        this.secrets = secrets;
    }

    /**
     * One page of those that fit, oldest first.
     *
     * @param total how many fit in all; null where not all were looked at
     * @param next what {@code after} is for the next page; null where there is none
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Page(Long total, List<DeadLetterView> letters, String next) {}

    /** Letters by their trouble, the largest group first. */
    public record Groups(long total, List<Group> groups) {}

    /**
     * @param status null where they were never answered
     * @param reason with … in the place of values; null for those of more kinds than are told apart
     */
    public record Group(String integration, String code, Integer status, String reason, long letters) {
        static Group of(LetterGroup group) {
            return new Group(
                    group.integration(),
                    group.code().word(),
                    group.status() == 0 ? null : group.status(),
                    group.reason(),
                    group.letters());
        }
    }

    /**
     * @param limit at most this many, 0 to 1000
     * @param after only those behind the one with this id
     */
    @GET
    public Page letters(
            @BeanParam LetterQuery query,
            @QueryParam("limit") @DefaultValue("100") String limit,
            @QueryParam("after") @DefaultValue("0") String after) {
        DeadLetterPage page = letters.page(
                query.filter(), Query.number("after", after, Long.MAX_VALUE), (int) Query.number("limit", limit, MOST));
        return new Page(
                page.total() == DeadLetterPage.UNKNOWN ? null : page.total(),
                page.letters().stream().map(this::view).toList(),
                page.next() == DeadLetterPage.END ? null : Long.toString(page.next()));
    }

    @GET
    @Path("/{id}")
    public DeadLetterView letter(@jakarta.ws.rs.PathParam("id") String id) {
        return letters.get(Query.number("id", id, Long.MAX_VALUE))
                .map(this::view)
                .orElseThrow(() -> Query.refused(404, "there is no dead letter " + id));
    }

    @GET
    @Path("/groups")
    public Groups groups(@BeanParam LetterQuery query) {
        List<LetterGroup> groups = letters.groups(query.filter());
        return new Groups(
                groups.stream().mapToLong(LetterGroup::letters).sum(),
                groups.stream().limit(MOST).map(Group::of).toList());
    }

    /** 202 and the job; 400 where what is asked for makes no sense, or the content that is given would be refused. */
    @POST
    @Path("/replay")
    public Response replay(byte[] body, @Context HttpServerRequest request) {
        JobRequest asked = JobRequest.replay(body);
        return take(new Jobs.Order(
                asked.deed(),
                asked.selection(),
                asked.mended(),
                null,
                caller.name(asked.by()),
                Query.address(request)));
    }

    /** As {@link #replay}. */
    @POST
    @Path("/discard")
    public Response discard(byte[] body, @Context HttpServerRequest request) {
        JobRequest asked = JobRequest.discard(body);
        return take(new Jobs.Order(
                Job.Deed.DISCARD,
                asked.selection(),
                null,
                asked.why(),
                caller.name(asked.by()),
                Query.address(request)));
    }

    private Response take(Jobs.Order order) {
        try {
            return Response.accepted(JobView.of(jobs.take(order), secrets)).build();
        } catch (NoReplayException e) {
            throw Query.refused(400, e.getMessage());
        }
    }

    private DeadLetterView view(DeadLetter letter) {
        return DeadLetterView.of(letter, secrets);
    }
}

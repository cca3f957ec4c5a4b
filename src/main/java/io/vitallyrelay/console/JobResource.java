package io.vitallyrelay.console;

import io.vertx.core.http.HttpServerRequest;
import io.vitallyrelay.letters.Audit;
import io.vitallyrelay.letters.Job;
import io.vitallyrelay.letters.Jobs;
import io.vitallyrelay.letters.NoReplayException;
import io.vitallyrelay.spool.DeadLetters;
import io.vitallyrelay.spool.LetterGroup;
import io.vitallyrelay.spool.Spool;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;

/** What operators do to dead letters: {@code POST /api/dead-letters/replay} and {@code /discard}, the jobs, and the audit. */
@Path("/api")
@Produces(MediaType.APPLICATION_JSON)
public class JobResource {
    private static final int MOST = 1000;
    private static final String SOMEBODY = "operator";

    private final Jobs jobs;
    private final Audit audit;
    private final DeadLetters letters;
    private final InstantSource clock;

    JobResource(Jobs jobs, Audit audit, Spool spool, InstantSource clock) {
        this.jobs = jobs;
        this.audit = audit;
        this.letters = spool.deadLetters();
        this.clock = clock;
    }

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

    /** The last jobs, newest first. */
    public record Page(List<JobView> jobs) {}

    /** The filters are those of {@link DeadLetterResource#letters}. */
    @GET
    @Path("/dead-letters/groups")
    public Groups groups(
            @QueryParam("integration") String integration,
            @QueryParam("code") String code,
            @QueryParam("reason") String reason,
            @QueryParam("since") String since,
            @QueryParam("until") String until,
            @QueryParam("entity") String entity,
            @QueryParam("messageId") String messageId) {
        List<LetterGroup> groups =
                letters.groups(Query.filter(integration, code, reason, since, until, entity, messageId));
        return new Groups(
                groups.stream().mapToLong(LetterGroup::letters).sum(),
                groups.stream().limit(MOST).map(Group::of).toList());
    }

    /** 202 and the job; 400 where what is asked for makes no sense, or the content that is given would be refused. */
    @POST
    @Path("/dead-letters/replay")
    public Response replay(byte[] body, @Context HttpServerRequest request) {
        JobRequest asked = JobRequest.replay(body);
        return take(new Jobs.Order(asked.deed(), asked.selection(), asked.mended(), null, by(asked), address(request)));
    }

    /** As {@link #replay}. */
    @POST
    @Path("/dead-letters/discard")
    public Response discard(byte[] body, @Context HttpServerRequest request) {
        JobRequest asked = JobRequest.discard(body);
        return take(
                new Jobs.Order(Job.Deed.DISCARD, asked.selection(), null, asked.why(), by(asked), address(request)));
    }

    private Response take(Jobs.Order order) {
        try {
            return Response.accepted(view(jobs.take(order))).build();
        } catch (NoReplayException e) {
            throw Query.refused(400, e.getMessage());
        }
    }

    private static String by(JobRequest asked) {
        return asked.by() == null ? SOMEBODY : asked.by();
    }

    private static String address(HttpServerRequest request) {
        return request.remoteAddress() == null ? null : request.remoteAddress().hostAddress();
    }

    @GET
    @Path("/jobs")
    public Page jobs(@QueryParam("limit") @DefaultValue("100") String limit) {
        return new Page(jobs.last((int) Query.number("limit", limit, MOST)).stream()
                .map(this::view)
                .toList());
    }

    @GET
    @Path("/jobs/{id}")
    public JobView job(@PathParam("id") String id) {
        return known(id, jobs.get(Query.number("id", id, Long.MAX_VALUE)));
    }

    /** It ends before its next letters. */
    @POST
    @Path("/jobs/{id}/cancel")
    public JobView cancel(@PathParam("id") String id, @QueryParam("by") String by, @Context HttpServerRequest request) {
        String who = by == null || by.isBlank() ? SOMEBODY : by;
        return known(id, jobs.cancel(Query.number("id", id, Long.MAX_VALUE), who, address(request)));
    }

    private JobView known(String id, Job job) {
        if (job == null) {
            throw Query.refused(404, "there is no job " + id);
        }
        return view(job);
    }

    private JobView view(Job job) {
        return JobView.of(job, clock.instant());
    }

    /** The last deeds of operators, newest first. */
    @GET
    @Path("/audit")
    public Map<String, Object> audit(@QueryParam("limit") @DefaultValue("100") String limit) {
        return Map.of("entries", audit.last((int) Query.number("limit", limit, MOST)));
    }
}

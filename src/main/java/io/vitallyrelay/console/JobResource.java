package io.vitallyrelay.console;

import io.vertx.core.http.HttpServerRequest;
import io.vitallyrelay.delivery.Secrets;
import io.vitallyrelay.letters.Job;
import io.vitallyrelay.letters.Jobs;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import java.util.List;

/** {@code /api/jobs}: how far replays and discards of dead letters are. */
@Path("/api/jobs")
@Produces(MediaType.APPLICATION_JSON)
public class JobResource {
    private static final int MOST = 1000;

    private final Jobs jobs;
    private final Caller caller;
    private final Secrets secrets;

    JobResource(Jobs jobs, Caller caller, Secrets secrets) {
        this.jobs = jobs;
        this.caller = caller;
        this.secrets = secrets;
    }

    /** The last ones, newest first. */
    public record Page(List<JobView> jobs) {}

    @GET
    public Page jobs(@QueryParam("limit") @DefaultValue("100") String limit) {
        return new Page(jobs.last((int) Query.number("limit", limit, MOST)).stream()
                .map(this::view)
                .toList());
    }

    @GET
    @Path("/{id}")
    public JobView job(@PathParam("id") String id) {
        return known(id, jobs.get(number(id)));
    }

    /** It ends before its next letters. */
    @POST
    @Path("/{id}/cancel")
    public JobView cancel(@PathParam("id") String id, @QueryParam("by") String by, @Context HttpServerRequest request) {
        return known(id, jobs.cancel(number(id), caller.name(by), Query.address(request)));
    }

    private static long number(String id) {
        return Query.number("id", id, Long.MAX_VALUE);
    }

    private JobView known(String id, Job job) {
        if (job == null) {
            throw Query.refused(404, "there is no job " + id);
        }
        return view(job);
    }

    private JobView view(Job job) {
        return JobView.of(job, secrets);
    }
}

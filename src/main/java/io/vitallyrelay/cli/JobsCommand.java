package io.vitallyrelay.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "jobs",
        description =
                "Shows the jobs that replay and discard dead letters, newest first; or one of them, or cancels it.")
final class JobsCommand implements Callable<Integer> {
    private static final String JOBS = "/api/jobs";

    @Spec
    private CommandSpec command;

    @Mixin
    private ServiceOption service;

    @Parameters(paramLabel = "ID", arity = "0..1", description = "only this job, with what became of its letters")
    private String id;

    @Option(
            names = "--cancel",
            paramLabel = "ID",
            description = "ends this job after the letters under way; what it did stays done")
    private String cancel;

    @Mixin
    private ByOption by;

    @Mixin
    private JsonOption json;

    @Override
    public Integer call() throws CommandException, InterruptedException {
        if (id != null && cancel != null) {
            throw new ParameterException(command.commandLine(), "--cancel names the job itself");
        }
        ServiceClient client = service.client();
        if (cancel != null) {
            tell(client.post(path(cancel) + "/cancel?by=" + ServiceClient.segment(by.name())));
        } else if (id != null) {
            tell(client.tree(path(id)));
        } else {
            JsonNode all = client.tree(JOBS);
            System.out.println(json.isAsked() ? JsonOption.text(all) : table(all.path("jobs")));
        }
        return 0;
    }

    private static String path(String id) {
        return JOBS + "/" + ServiceClient.segment(id);
    }

    private void tell(JsonNode job) {
        System.out.println(json.isAsked() ? JsonOption.text(job) : new Job(job).outcome());
    }

    private static String table(JsonNode jobs) {
        if (jobs.isEmpty()) {
            return "no jobs";
        }
        TextTable table =
                new TextTable("id", "at", "deed", "by", "state", "selected", "passed", "discarded", "stayed", "gone");
        for (JsonNode each : jobs) {
            Job job = new Job(each);
            table.add(
                    job.id(),
                    job.at(),
                    job.text("deed"),
                    job.text("by"),
                    job.text("state"),
                    job.number("selected"),
                    job.number("passed"),
                    job.number("discarded"),
                    job.number("stayed"),
                    job.number("gone"));
        }
        return table.toString();
    }
}

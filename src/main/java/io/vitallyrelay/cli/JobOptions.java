package io.vitallyrelay.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.vitallyrelay.message.Json;
import java.util.Map;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** How a command begins a job of the service, which it follows to its end. */
final class JobOptions {
    private static final long PAUSE_MILLIS = 250;
    private static final String BACK = "\r";
    private static final String CLEAR_REST = "\u001b[K";

    @Mixin
    private ByOption by;

    @Option(names = "--yes", description = "does it; without, only tells what it would do")
    private boolean yes;

    boolean isConfirmed() {
        return yes;
    }

    /**
     * Begins a job, waits until it ends and tells what it did.
     *
     * @return the exit status: 0 where it did all with all letters
     */
    int run(ServiceClient client, String path, Map<String, Object> body) throws CommandException, InterruptedException {
        body.put("by", by.name());
        Job job = new Job(client.post(path, Json.treeOf(body)));
        boolean terminal = System.console() != null;
        try {
            while (!job.hasEnded()) {
                if (terminal) {
                    System.err.print(BACK + job.progress() + CLEAR_REST);
                }
                Thread.sleep(PAUSE_MILLIS);
                job = next(client, job);
            }
        } finally {
            // also where an error follows, which would else stand behind the progress
            if (terminal) {
                System.err.print(BACK + CLEAR_REST);
            }
        }
        System.out.println(job.outcome());
        return job.hasDoneAll() ? 0 : 1;
    }

    private static Job next(ServiceClient client, Job job) throws CommandException, InterruptedException {
        try {
            JsonNode now = client.tree("/api/jobs/" + ServiceClient.segment(job.id()));
            return new Job(now);
        } catch (CommandException e) {
            throw new CommandException(
                    e.getMessage() + "; `relay jobs " + TextTable.printable(job.id())
                            + "` tells what became of the job",
                    e);
        }
    }
}

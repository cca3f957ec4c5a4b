package io.vitallyrelay.cli;

import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "discard",
        description = "Gives dead letters up for good. They are counted as discarded, and why is kept in the audit.")
final class DiscardCommand implements Callable<Integer> {
    @Mixin
    private ServiceOption service;

    @Mixin
    private SelectionOptions selection;

    @Option(names = "--why", paramLabel = "TEXT", required = true, description = "the reason, for the audit")
    private String why;

    @Mixin
    private JobOptions job;

    @Override
    public Integer call() throws CommandException, InterruptedException {
        selection.requireOne();
        ServiceClient client = service.client();
        if (!job.isConfirmed()) {
            throw selection.onlyTold(client, "discards %s for good");
        }
        Map<String, Object> body = selection.body();
        body.put("why", why);
        return job.run(client, "/api/dead-letters/discard", body);
    }
}

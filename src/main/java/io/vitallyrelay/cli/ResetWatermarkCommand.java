package io.vitallyrelay.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Lets a running service read a table from its beginning again. */
@Command(
        name = "reset-watermark",
        description = {
            "Forgets where an integration stands in its table: the next poll is like its first.",
            "Where that reads all rows, all of them are sent again, with the messageIds they had unless they changed."
        })
final class ResetWatermarkCommand implements Callable<Integer> {
    @Mixin
    private ServiceOption service;

    @Parameters(paramLabel = "INTEGRATION", description = "the integration, such as accounts-sql")
    private String integration;

    @Option(names = "--yes", description = "does it; without, only tells what it would do")
    private boolean yes;

    @Mixin
    private ByOption by;

    @Override
    public Integer call() throws CommandException, InterruptedException {
        if (!yes) {
            throw new CommandException("this forgets where " + integration
                    + " stands in its table, so that the whole table" + " may be sent again; --yes does it");
        }
        JsonNode reset = service.client()
                .post("/api/tables/" + ServiceClient.segment(integration) + "/reset?by="
                        + ServiceClient.segment(by.name()));
        System.out.println(integration + " stood at: " + reset.path("stood").asText());
        System.out.println("The next poll begins anew.");
        return 0;
    }
}

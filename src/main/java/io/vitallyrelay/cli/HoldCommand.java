package io.vitallyrelay.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "hold",
        description = {
            "Lets all lanes of a running service wait, or the messages of one integration. Sources go on into the spool.",
            "A hold survives a restart, until it is released."
        })
final class HoldCommand implements Callable<Integer> {
    @Mixin
    private ServiceOption service;

    @Parameters(paramLabel = "INTEGRATION", arity = "0..1", description = "only this one; default: all lanes")
    private String integration;

    @Option(names = "--reason", paramLabel = "TEXT", required = true, description = "why, for all who see it")
    private String reason;

    @Mixin
    private ByOption by;

    @Mixin
    private JsonOption json;

    @Override
    public Integer call() throws CommandException, InterruptedException {
        Map<String, String> query = new LinkedHashMap<>();
        query.put("by", by.name());
        query.put("reason", HeldState.required("--reason", reason));
        HeldState.add(query, integration);
        JsonNode state = service.client()
                .post("/api/lanes/hold?" + ServiceClient.query(query).substring(1));
        HeldState.tell(state, json.isAsked(), "");
        return 0;
    }
}

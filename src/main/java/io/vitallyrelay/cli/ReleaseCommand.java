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
        name = "release",
        description = {
            "Ends the holds of a running service, or those of one integration, whoever caused them.",
            "One request is tried, and the others follow when it has passed; what is refused as before is held again."
        })
final class ReleaseCommand implements Callable<Integer> {
    @Mixin
    private ServiceOption service;

    @Parameters(paramLabel = "INTEGRATION", arity = "0..1", description = "only this one; default: all holds")
    private String integration;

    @Option(
            names = "--no-probe",
            description = "lets all go on at once, so that messages which are refused become dead letters")
    private boolean noProbe;

    @Mixin
    private ByOption by;

    @Mixin
    private JsonOption json;

    @Override
    public Integer call() throws CommandException, InterruptedException {
        Map<String, String> query = new LinkedHashMap<>();
        query.put("by", by.name());
        query.put("probe", Boolean.toString(!noProbe));
        HeldState.add(query, integration);
        JsonNode state = service.client()
                .post("/api/lanes/release?" + ServiceClient.query(query).substring(1));
        HeldState.tell(
                state,
                json.isAsked(),
                noProbe ? "Released." : "Released: one request is tried before the others go on.");
        return 0;
    }
}

package io.vitallyrelay.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Lists dead letters of a running service, oldest first. */
abstract sealed class ListLetters implements Callable<Integer> permits DeadLettersCommand, ListCommand {
    @Mixin
    private ServiceOption service;

    @Mixin
    private FilterOptions filter;

    @Option(
            names = "--limit",
            paramLabel = "N",
            defaultValue = "100",
            description = "at most this many, up to 1000; default: ${DEFAULT-VALUE}")
    private int limit;

    @Mixin
    private JsonOption json;

    @Override
    public Integer call() throws CommandException, InterruptedException {
        ServiceClient client = service.client();
        if (json.isAsked()) {
            String path = "/api/dead-letters?limit=" + limit + ServiceClient.query(filter.filter());
            System.out.println(JsonOption.text(client.tree(path)));
            return 0;
        }
        DeadLetterList found = client.deadLetters(filter.filter(), limit);
        if (!found.letters().isEmpty()) {
            System.out.println(found.table());
            System.out.println();
        }
        System.out.println(found.letters().size() + " of " + found.total() + " dead letters");
        return 0;
    }
}

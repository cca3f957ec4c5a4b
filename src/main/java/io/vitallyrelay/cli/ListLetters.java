package io.vitallyrelay.cli;

import java.util.Map;
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

    @Option(
            names = "--after",
            paramLabel = "ID",
            defaultValue = "0",
            description = "only those behind this one, as the list before says")
    private String after;

    @Mixin
    private JsonOption json;

    @Override
    public Integer call() throws CommandException, InterruptedException {
        ServiceClient client = service.client();
        if (json.isAsked()) {
            String path = "/api/dead-letters?limit=" + limit + ServiceClient.query(from(after));
            System.out.println(JsonOption.text(client.tree(path)));
            return 0;
        }
        DeadLetterList found = client.deadLetters(from(after), limit);
        while (found.next() != null && found.letters().size() < limit) {
            found = found.and(client.deadLetters(
                    from(found.next()), limit - found.letters().size()));
        }
        if (!found.letters().isEmpty()) {
            System.out.println(found.table());
            System.out.println();
        }
        System.out.println(found.count());
        return 0;
    }

    private Map<String, String> from(String id) throws CommandException {
        Map<String, String> query = filter.filter();
        query.put("after", id);
        return query;
    }
}

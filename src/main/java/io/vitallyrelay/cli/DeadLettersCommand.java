package io.vitallyrelay.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Lists dead letters of a running service, oldest first. */
@Command(name = "dead-letters", description = "Lists the dead letters of a running service, oldest first.")
final class DeadLettersCommand implements Callable<Integer> {
    @Mixin
    private ServiceOption service;

    @Option(names = "--integration", paramLabel = "NAME", description = "only those of this integration")
    private String integration;

    @Option(names = "--reason", paramLabel = "TEXT", description = "only those whose reason contains this text")
    private String reason;

    @Option(
            names = "--limit",
            paramLabel = "N",
            defaultValue = "100",
            description = "at most this many, up to 1000; default: ${DEFAULT-VALUE}")
    private int limit;

    @Override
    public Integer call() throws CommandException, InterruptedException {
        Map<String, String> filter = new LinkedHashMap<>();
        filter.put("integration", integration);
        filter.put("reason", reason);
        filter.values().removeIf(Objects::isNull);
        DeadLetters found = service.client().deadLetters(filter, limit);
        if (!found.letters().isEmpty()) {
            System.out.println(found.table());
            System.out.println();
        }
        System.out.println(found.letters().size() + " of " + found.total() + " dead letters");
        return 0;
    }
}

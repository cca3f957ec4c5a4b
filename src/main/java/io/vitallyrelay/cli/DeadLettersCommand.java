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

    @Option(
            names = "--code",
            paramLabel = "CODE",
            description =
                    "only those with this code: contract, mapping, malformed, too-large, refused, expired or unknown")
    private String code;

    @Option(names = "--reason", paramLabel = "TEXT", description = "only those whose reason contains this text")
    private String reason;

    @Option(
            names = "--since",
            paramLabel = "TIME",
            description = "only those from this moment on, such as 2026-01-31T00:00:00Z")
    private String since;

    @Option(names = "--until", paramLabel = "TIME", description = "only those from before this moment")
    private String until;

    @Option(names = "--entity", paramLabel = "ENTITY", description = "only those about this one, such as user:u1")
    private String entity;

    @Option(names = "--message-id", paramLabel = "ID", description = "only those with this messageId")
    private String messageId;

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
        filter.put("code", code);
        filter.put("reason", reason);
        filter.put("since", since);
        filter.put("until", until);
        filter.put("entity", entity);
        filter.put("messageId", messageId);
        filter.values().removeIf(Objects::isNull);
        DeadLetterList found = service.client().deadLetters(filter, limit);
        if (!found.letters().isEmpty()) {
            System.out.println(found.table());
            System.out.println();
        }
        System.out.println(found.letters().size() + " of " + found.total() + " dead letters");
        return 0;
    }
}

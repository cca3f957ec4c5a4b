package io.vitallyrelay.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import picocli.CommandLine.Option;

/** Which dead letters are meant. */
final class FilterOptions {
    @Option(names = "--integration", paramLabel = "NAME", description = "only those of this integration")
    private String integration;

    @Option(names = "--unit", paramLabel = "UNIT", description = "only those of this unit, as show names it")
    private String unit;

    @Option(
            names = "--code",
            paramLabel = "CODE",
            description =
                    "only those with this code: contract, mapping, malformed, too-large, refused, expired, lost or unknown")
    private String code;

    @Option(names = "--status", paramLabel = "STATUS", description = "only those refused with this HTTP status")
    private String status;

    @Option(names = "--reason", paramLabel = "TEXT", description = "only those whose reason contains this text")
    private String reason;

    @Option(
            names = "--since",
            paramLabel = "TIME",
            description = "only those from this moment on, such as 2026-01-31T00:00:00Z")
    private String since;

    @Option(names = "--until", paramLabel = "TIME", description = "only those from before this moment")
    private String until;

    @Option(names = "--type", paramLabel = "TYPE", description = "only messages of this type, such as user")
    private String type;

    @Option(names = "--entity", paramLabel = "ENTITY", description = "only those about this one, such as user:u1")
    private String entity;

    @Option(names = "--message-id", paramLabel = "ID", description = "only those with this messageId")
    private String messageId;

    @Option(
            names = "--text",
            paramLabel = "TEXT",
            description = "only those with this text in reason, answer, content or origin, in upper or lower case")
    private String text;

    /**
     * Those that are set, by the names that they have in the HTTP interface.
     *
     * @throws CommandException where one is blank: a variable of a script that is not set must not mean all letters
     */
    Map<String, String> filter() throws CommandException {
        Map<String, String> filter = new LinkedHashMap<>();
        filter.put("integration", integration);
        filter.put("unit", unit);
        filter.put("code", code);
        filter.put("status", status);
        filter.put("reason", reason);
        filter.put("since", since);
        filter.put("until", until);
        filter.put("type", type);
        filter.put("entity", entity);
        filter.put("messageId", messageId);
        filter.put("text", text);
        filter.values().removeIf(Objects::isNull);
        for (Map.Entry<String, String> each : filter.entrySet()) {
            if (each.getValue().isBlank()) {
                throw CommandException.wrongArguments(
                        "the filter " + each.getKey() + " is blank: name it, or leave it out");
            }
        }
        return filter;
    }
}

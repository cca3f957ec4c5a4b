package io.vitallyrelay.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.vitallyrelay.message.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "replay",
        description = {
            "Sends dead letters again: a message as it is, a record through the mapping that its integration has today.",
            "Those that fail once more stay dead letters."
        })
final class ReplayCommand implements Callable<Integer> {
    @Mixin
    private ServiceOption service;

    @Mixin
    private SelectionOptions selection;

    @Option(names = "--dry-run", description = "sends nothing, and shows what would be sent")
    private boolean dryRun;

    @Option(
            names = "--message",
            paramLabel = "FILE",
            description = "sends the message in this file, - for the standard input, in place of the one letter")
    private String message;

    @Option(
            names = "--record",
            paramLabel = "FILE",
            description = "maps the record in this file, - for the standard input, in place of the one letter")
    private String record;

    @Mixin
    private JobOptions job;

    @Override
    public Integer call() throws CommandException, InterruptedException {
        selection.requireOne();
        boolean mended = message != null || record != null;
        if (mended && (selection.ids().size() != 1 || (message != null && record != null))) {
            throw selection.wrong("--message or --record takes the place of one letter, which is named by its id");
        }
        ServiceClient client = service.client();
        if (!job.isConfirmed() && !dryRun) {
            throw selection.onlyTold(client, mended ? "sends what was mended in place of %s" : "sends %s again");
        }
        Map<String, Object> body = selection.body();
        if (dryRun) {
            body.put("dryRun", true);
        }
        if (message != null) {
            body.put("message", content(message));
        }
        if (record != null) {
            body.put("record", content(record));
        }
        return job.run(client, "/api/dead-letters/replay", body);
    }

    private static JsonNode content(String file) throws CommandException {
        try {
            JsonNode content =
                    Json.tree(file.equals("-") ? System.in.readAllBytes() : Files.readAllBytes(Path.of(file)));
            if (content.isObject()) {
                return content;
            }
        } catch (IOException e) {
            throw CommandException.wrongArguments(file + ": " + TextTable.printable(e.toString()));
        }
        throw CommandException.wrongArguments(file + ": must be one JSON object");
    }
}

package io.vitallyrelay.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
        name = "show",
        description =
                "Shows one dead letter in full: where it came from, why it is one, what was answered, and what it holds.")
final class ShowCommand implements Callable<Integer> {
    @Mixin
    private ServiceOption service;

    @Parameters(paramLabel = "ID", description = "the id of the letter")
    private long id;

    @Mixin
    private JsonOption json;

    @Override
    public Integer call() throws CommandException, InterruptedException {
        JsonNode letter = service.client().tree("/api/dead-letters/" + id);
        System.out.println(json.isAsked() ? JsonOption.text(letter) : LetterText.of(letter));
        return 0;
    }
}

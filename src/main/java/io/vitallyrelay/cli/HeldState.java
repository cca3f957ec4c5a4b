package io.vitallyrelay.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.vitallyrelay.delivery.Hold;
import io.vitallyrelay.message.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/**
 * What is held after a command, as the service answers.
 *
 * @param warnings what the service could not write; null where it could
 */
record HeldState(List<Hold> holds, List<String> warnings) {

    /** @throws CommandException where one is named and blank: a variable of a script that is not set must not mean all of them */
    static void add(Map<String, String> query, String integration) throws CommandException {
        if (integration != null) {
            query.put("integration", required("INTEGRATION", integration));
        }
    }

    static String required(String name, String text) throws CommandException {
        if (text.isBlank()) {
            throw CommandException.wrongArguments(name + " is blank");
        }
        return text;
    }

    /** @param done what was done, on a line of its own; empty where the holds say it */
    static void tell(JsonNode answer, boolean json, String done) throws CommandException {
        if (json) {
            System.out.println(JsonOption.text(answer));
            return;
        }
        HeldState state = of(answer);
        if (!done.isEmpty()) {
            System.out.println(done);
        }
        if (!state.holds.isEmpty()) {
            System.out.println(HeldLanes.told(state.holds));
        }
        if (state.warnings != null) {
            state.warnings.forEach(warning -> System.err.println("relay: " + TextTable.printable(warning)));
        }
    }

    private static HeldState of(JsonNode answer) throws CommandException {
        try {
            return Json.record(answer.toString().getBytes(StandardCharsets.UTF_8), HeldState.class);
        } catch (IOException e) {
            throw new CommandException("what answered is no Vitally Relay", e);
        }
    }
}

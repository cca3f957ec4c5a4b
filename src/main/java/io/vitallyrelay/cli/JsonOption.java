package io.vitallyrelay.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.stream.Collectors;
import picocli.CommandLine.Option;

/** Whether the answer of the service is printed in place of a table. */
final class JsonOption {
    /** A command of a terminal as two characters, or as one: inside a text of JSON alone, where it can be written as a number. */
    private static final String CONTROL = "\\u%04x";

    @Option(names = "--json", description = "prints the answer of the service, as JSON")
    private boolean json;

    boolean isAsked() {
        return json;
    }

    /** A text as JSON. */
    static String quoted(String text) {
        return text(TextNode.valueOf(text));
    }

    /** On one line. A control character, which could move the terminal's cursor, is written as JSON can write it. */
    static String text(JsonNode answer) {
        return answer.toString()
                .codePoints()
                .mapToObj(c -> Character.isISOControl(c) ? CONTROL.formatted(c) : Character.toString(c))
                .collect(Collectors.joining());
    }
}

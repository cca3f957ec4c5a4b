package io.vitallyrelay.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.stream.Collectors;

/** A dead letter for people: a line for each field, and behind them what it holds. */
final class LetterText {
    private static final String INDENT = "  ";
    private static final List<String> FIELDS = List.of(
            "id",
            "integration",
            "code",
            "reason",
            "type",
            "entity",
            "messageId",
            "status",
            "answer",
            "attempts",
            "firstSent",
            "at");

    private LetterText() {}

    /** @param letter as {@code GET /api/dead-letters/{id}} answers */
    static String of(JsonNode letter) {
        StringBuilder text = new StringBuilder();
        for (String field : FIELDS) {
            if (letter.hasNonNull(field)) {
                line(text, field, letter.path(field).asText());
            }
            if (field.equals("integration")) {
                line(text, "unit", letter.at("/origin/unit").asText());
                line(text, "position", letter.at("/origin/position").asText());
            }
        }
        for (JsonNode earlier : letter.path("history")) {
            line(
                    text,
                    "before",
                    earlier.path("at").asText() + ", " + earlier.path("code").asText() + ": "
                            + earlier.path("reason").asText());
        }
        String cut = letter.path("cut").asBoolean() ? ", of which a part is missing" : "";
        if (letter.has("message")) {
            text.append("\nThe message, as it was sent")
                    .append(cut)
                    .append(":\n")
                    .append(json(letter.get("message")));
        } else if (letter.has("record")) {
            text.append("\nThe record, as its mapping saw it")
                    .append(cut)
                    .append(":\n")
                    .append(json(letter.get("record")));
        } else {
            text.append("\nWhat was read and is no record")
                    .append(cut)
                    .append(":\n")
                    .append(indented(letter.path("raw").asText()));
        }
        return text.toString();
    }

    private static void line(StringBuilder text, String field, String value) {
        text.append("%-13s".formatted(field)).append(TextTable.printable(value)).append('\n');
    }

    /** JSON over several lines, with the ends of lines that it has for people and no other control character. */
    static String json(JsonNode value) {
        return indented(value.toPrettyString());
    }

    /** So that no line of a text looks as if it were one of ours. */
    private static String indented(String text) {
        return text.lines().map(TextTable::printable).collect(Collectors.joining("\n" + INDENT, INDENT, ""));
    }
}

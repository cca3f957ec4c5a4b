package io.vitallyrelay.cli;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * A job of the service, as {@code GET /api/jobs/{id}} answers.
 *
 * @param json as it was answered
 */
record Job(JsonNode json) {

    String id() {
        return text("id");
    }

    String text(String field) {
        return json.path(field).asText();
    }

    /** When it was asked for, to a thousandth of a second. */
    String at() {
        return text("at").replaceAll("(\\.\\d{3})\\d+Z$", "$1Z");
    }

    long number(String field) {
        return json.path(field).asLong();
    }

    boolean hasEnded() {
        return !text("state").equals("waiting") && !text("state").equals("running");
    }

    /** Whether it did with all letters what it should. */
    boolean hasDoneAll() {
        return text("state").equals("done") && settled() == number("selected");
    }

    private boolean isTry() {
        return text("deed").equals("try");
    }

    private long settled() {
        return number("passed") + number("discarded");
    }

    /** How far it is, on one line. */
    String progress() {
        long through = settled() + number("stayed") + number("gone");
        return TextTable.printable("job %s, %s: %d of %d letters, %.0f a second"
                .formatted(
                        id(),
                        text("state"),
                        through,
                        number("selected"),
                        json.path("perSecond").asDouble()));
    }

    /** What became of the letters, and of the first ones in full; over several lines. */
    String outcome() {
        StringBuilder told = new StringBuilder(TextTable.printable(head()));
        for (String field : new String[] {"why", "failure"}) {
            if (json.hasNonNull(field)) {
                told.append('\n').append(TextTable.printable(field + ": " + text(field)));
            }
        }
        for (JsonNode letter : json.path("first")) {
            told.append("\n\nLetter ")
                    .append(TextTable.printable(letter.path("id").asText()))
                    .append(" would become:");
            letter.path("messages").forEach(message -> told.append('\n').append(LetterText.json(message)));
        }
        return told.append(stays()).toString();
    }

    private String head() {
        long left = number("selected") - settled() - number("stayed") - number("gone");
        StringBuilder head = new StringBuilder("Job %s, %s by %s, is %s: %d of %d letters %s"
                .formatted(id(), text("deed"), text("by"), text("state"), settled(), number("selected"), done()));
        add(head, number("stayed"), isTry() ? "would stay" : "stayed");
        add(head, number("gone"), "gone");
        add(head, left, "left");
        return head.toString();
    }

    private static void add(StringBuilder head, long letters, String what) {
        if (letters > 0) {
            head.append(", ").append(letters).append(' ').append(what);
        }
    }

    private String done() {
        if (text("deed").equals("discard")) {
            return "discarded";
        }
        String sent = isTry() ? "would be sent again" : "sent again";
        return json.hasNonNull("messages") ? sent + " (messages: " + number("messages") + ")" : sent;
    }

    private String stays() {
        JsonNode stays = json.path("stays");
        if (stays.isEmpty()) {
            return "";
        }
        TextTable table = new TextTable("id", "why it stays");
        stays.forEach(
                stay -> table.add(stay.path("id").asText(), stay.path("why").asText()));
        long further = number("stayed") - stays.size();
        return "\n\n" + table + (further > 0 ? "\n... and " + further + " more" : "");
    }
}

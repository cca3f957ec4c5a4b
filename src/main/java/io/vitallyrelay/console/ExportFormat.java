package io.vitallyrelay.console;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.vitallyrelay.message.Json;
import jakarta.ws.rs.core.MediaType;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** How an export of dead letters is written. */
enum ExportFormat {
    /** One JSON object a line, with the fields of {@link DeadLetterView}. */
    JSONL(new MediaType("application", "x-ndjson"), "") {
        @Override
        String line(DeadLetterView letter) throws JsonProcessingException {
            // a message may have ends of lines between its tokens; inside a text JSON has none
            return Json.text(letter).replace('\n', ' ').replace('\r', ' ') + "\n";
        }
    },

    /**
     * RFC 4180, with a column for each field. A text that a spreadsheet would take for a formula, because of what it begins with,
     * has an apostrophe before it.
     */
    CSV(
            new MediaType("text", "csv", "UTF-8"),
            "id,integration,unit,position,code,reason,type,entity,messageId,status,answer,attempts,firstSent,at,cut,"
                    + "message,record,raw\r\n") {
        @Override
        String line(DeadLetterView letter) {
            Stream<Object> fields = Stream.of(
                    letter.id(),
                    letter.integration(),
                    letter.origin().unit(),
                    letter.origin().position(),
                    letter.code(),
                    letter.reason(),
                    letter.type(),
                    letter.entity(),
                    letter.messageId(),
                    letter.status(),
                    letter.answer(),
                    letter.attempts(),
                    letter.firstSent(),
                    letter.at(),
                    letter.cut(),
                    letter.message(),
                    letter.record(),
                    letter.raw());
            return fields.map(field -> cell(Objects.toString(field, ""))).collect(Collectors.joining(",", "", "\r\n"));
        }
    };

    private static final String FORMULA = "=+-@\t\r";
    private static final String QUOTED = ",\"\r\n";

    private final MediaType type;
    private final String head;

    ExportFormat(MediaType type, String head) {
        this.type = type;
        this.head = head;
    }

    /** @param word as a request names it */
    static ExportFormat of(String word) {
        for (ExportFormat each : values()) {
            if (each.word().equals(word)) {
                return each;
            }
        }
        throw Query.refused(400, "format=" + word + ": must be jsonl or csv");
    }

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    MediaType type() {
        return type;
    }

    /** What stands before the first letter. */
    String head() {
        return head;
    }

    /** A letter, with the end of its line. */
    abstract String line(DeadLetterView letter) throws JsonProcessingException;

    private static String cell(String text) {
        String safe = !text.isEmpty() && FORMULA.indexOf(text.charAt(0)) >= 0 ? "'" + text : text;
        return safe.chars().anyMatch(c -> QUOTED.indexOf(c) >= 0) ? '"' + safe.replace("\"", "\"\"") + '"' : safe;
    }
}

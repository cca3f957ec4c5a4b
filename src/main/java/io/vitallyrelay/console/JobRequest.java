package io.vitallyrelay.console;

import com.fasterxml.jackson.databind.JsonNode;
import io.vitallyrelay.letters.Job;
import io.vitallyrelay.letters.Selection;
import io.vitallyrelay.message.Json;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Set;

/** The body of a request to replay or discard dead letters: a JSON object. */
final class JobRequest {
    private static final Set<String> REPLAY = Set.of("ids", "filter", "dryRun", "message", "record", "by");
    private static final Set<String> DISCARD = Set.of("ids", "filter", "why", "by");
    private static final int MOST_IDS = 10_000;
    private static final int LONGEST_TEXT = 1000;

    private final JsonNode body;

    private JobRequest(JsonNode body, Set<String> fields) {
        this.body = body;
        if (!body.isObject()) {
            throw Query.refused(400, "the body must be a JSON object");
        }
        requireKnown(body, fields, "");
    }

    static JobRequest replay(byte[] body) {
        return new JobRequest(json(body), REPLAY);
    }

    static JobRequest discard(byte[] body) {
        JobRequest request = new JobRequest(json(body), DISCARD);
        if (request.why() == null) {
            throw Query.refused(400, "why is absent: must say what they are discarded for");
        }
        return request;
    }

    private static JsonNode json(byte[] body) {
        try {
            return Json.tree(body);
        } catch (IOException e) {
            throw Query.refused(400, "the body is no JSON: " + e.getMessage().split("\n", 2)[0]);
        }
    }

    private static void requireKnown(JsonNode object, Set<String> fields, String within) {
        for (Iterator<String> names = object.fieldNames(); names.hasNext(); ) {
            String name = names.next();
            if (!fields.contains(name)) {
                throw Query.refused(
                        400,
                        within + name + ": must be one of "
                                + String.join(", ", fields.stream().sorted().toList()));
            }
        }
    }

    Job.Deed deed() {
        JsonNode dryRun = body.path("dryRun");
        if (!dryRun.isMissingNode() && !dryRun.isBoolean()) {
            throw Query.refused(400, "dryRun=" + dryRun + ": must be true or false");
        }
        return dryRun.asBoolean() ? Job.Deed.TRY : Job.Deed.REPLAY;
    }

    /** Either by id or by what they have in common: all of them are meant only by an empty filter. */
    Selection selection() {
        JsonNode ids = body.get("ids");
        JsonNode filter = body.get("filter");
        if ((ids == null) == (filter == null)) {
            throw Query.refused(400, "either ids or filter must be given");
        }
        return ids == null ? filtered(filter) : Selection.ofIds(ids(ids));
    }

    private static Selection filtered(JsonNode filter) {
        if (!filter.isObject()) {
            throw Query.refused(400, "filter: must be an object");
        }
        requireKnown(filter, LetterQuery.NAMES, "filter.");
        LetterQuery.NAMES.forEach(name -> requireSaid(filter, name));
        return Selection.of(LetterQuery.of(name -> said(filter, name)).filter());
    }

    /** As text, which a status need not be. */
    private static String said(JsonNode filter, String name) {
        JsonNode value = filter.path(name);
        return name.equals("status") && value.isIntegralNumber() ? value.asText() : text(filter, name);
    }

    /** Left out it means all; that must not happen to a variable that is empty. */
    private static void requireSaid(JsonNode filter, String name) {
        if (filter.has(name) && said(filter, name) == null) {
            throw Query.refused(400, "filter." + name + ": must not be blank or null");
        }
    }

    private static List<Long> ids(JsonNode ids) {
        if (!ids.isArray() || ids.isEmpty() || ids.size() > MOST_IDS) {
            throw Query.refused(400, "ids: must be a list of 1 to " + MOST_IDS + " ids");
        }
        List<Long> numbers = new ArrayList<>();
        ids.forEach(id -> numbers.add(Query.number("ids", id.asText(), Long.MAX_VALUE)));
        return numbers;
    }

    /** Null where the letters are taken as they are. */
    Job.Mended mended() {
        JsonNode message = body.get("message");
        JsonNode record = body.get("record");
        if (message == null && record == null) {
            return null;
        }
        if (message != null && record != null) {
            throw Query.refused(400, "message and record: only one of them can be given");
        }
        if (body.path("ids").size() != 1) {
            throw Query.refused(400, "ids: must be one id, as the content of a letter is given");
        }
        return new Job.Mended(message != null, message == null ? record : message);
    }

    String why() {
        return text(body, "why");
    }

    /** Null where it is not said. */
    String by() {
        return text(body, "by");
    }

    /** Null where it is absent or blank. */
    private static String text(JsonNode object, String name) {
        JsonNode value = object.path(name);
        if (value.isMissingNode() || value.isNull()) {
            return null;
        }
        if (!value.isTextual() || value.textValue().length() > LONGEST_TEXT) {
            throw Query.refused(400, name + ": must be a text of at most " + LONGEST_TEXT + " characters");
        }
        return value.textValue().isBlank() ? null : value.textValue();
    }
}

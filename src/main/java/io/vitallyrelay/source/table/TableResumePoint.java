package io.vitallyrelay.source.table;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vitallyrelay.message.Json;
import io.vitallyrelay.spool.ResumePoint;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Where the reading of a table by its watermark goes on.
 *
 * @param columns the columns of the watermark: for others, the values mean nothing
 * @param floor their values, as text: all rows up to here were taken; empty at the beginning. Null in the place of a value, and
 *     of those behind it, for all rows with the values before
 * @param taken the rows behind it that were taken already, as {@link Remembered} encodes them
 */
record TableResumePoint(List<String> columns, List<String> floor, String taken) implements ResumePoint {
    static TableResumePoint of(List<String> columns, List<Object> floor, String taken) {
        return new TableResumePoint(
                columns,
                floor.stream()
                        .map(value -> value == null ? null : value.toString())
                        .toList(),
                taken);
    }

    static TableResumePoint decode(String text) throws TableException {
        try {
            JsonNode point = Json.tree(text);
            return new TableResumePoint(
                    texts(point.required("columns")),
                    texts(point.required("floor")),
                    point.required("taken").textValue());
        } catch (JsonProcessingException | IllegalArgumentException e) {
            throw new TableException("watermark: the spool has " + text + " for it, which is none: reset it");
        }
    }

    /** A resume point for people: {@code updated_at 2026-01-31T00:00:00Z, id 7}. */
    static String shown(String text) {
        try {
            TableResumePoint point = decode(text);
            if (point.floor.isEmpty()) {
                return "at the beginning";
            }
            return IntStream.range(0, point.columns.size())
                    .filter(i -> point.floor.get(i) != null)
                    .mapToObj(i -> point.columns.get(i) + " " + point.floor.get(i))
                    .collect(Collectors.joining(", "));
        } catch (TableException e) {
            return "at the beginning";
        }
    }

    private static List<String> texts(JsonNode array) {
        List<String> texts = new ArrayList<>();
        array.forEach(one -> texts.add(one.textValue()));
        return texts;
    }

    // by hand, as a native executable knows no more of a class than what its code names
    @Override
    public String encode() {
        ObjectNode point = JsonNodeFactory.instance.objectNode();
        columns.forEach(point.putArray("columns")::add);
        // a null too
        floor.forEach(point.putArray("floor")::add);
        return point.put("taken", taken).toString();
    }
}

package io.vitallyrelay.routes;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Makes JSON objects comparable as text, one a line: keys in order, and without what no file can know beforehand. */
final class ComparedMessages {
    private static final Pattern UUID = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .build();

    private ComparedMessages() {}

    /**
     * The messages that came, each without the timestamp and the made messageId that the expected one of the same place does
     * not name. A messageId that is no UUID stays and makes a difference.
     */
    static String received(List<String> messages, List<String> expected) {
        List<Map<String, Object>> compared = new ArrayList<>();
        for (int i = 0; i < messages.size(); i++) {
            Map<String, Object> message = object(messages.get(i));
            Map<String, Object> named = i < expected.size() ? object(expected.get(i)) : Map.of();
            if (!named.containsKey("timestamp")) {
                message.remove("timestamp");
            }
            if (!named.containsKey("messageId")
                    && UUID.matcher(String.valueOf(message.get("messageId"))).matches()) {
                message.remove("messageId");
            }
            compared.add(message);
        }
        return lines(compared);
    }

    /** An object a line. */
    static String lines(List<? extends Map<String, ?>> objects) {
        StringBuilder text = new StringBuilder();
        for (Map<String, ?> object : objects) {
            try {
                text.append(JSON.writeValueAsString(object)).append('\n');
            } catch (JsonProcessingException e) {
                throw new IllegalArgumentException(e);
            }
        }
        return text.toString();
    }

    /** The lines of an expected file. */
    static String expected(List<String> lines) {
        return lines(lines.stream().map(ComparedMessages::object).toList());
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> object(String line) {
        try {
            return JSON.readValue(line, TreeMap.class);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("not a JSON object: " + line, e);
        }
    }
}

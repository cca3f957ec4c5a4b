package io.vitallyrelay.faults;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/**
 * A request as far as it was read.
 *
 * @param messages empty where its body was not read
 * @param at {@link System#nanoTime} when its head was read
 */
public record Request(String head, List<JsonNode> messages, long at) {
    public List<String> ids() {
        return messages.stream()
                .map(message -> message.path("messageId").textValue())
                .toList();
    }
}

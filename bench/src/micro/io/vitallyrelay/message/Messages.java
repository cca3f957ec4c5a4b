package io.vitallyrelay.message;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** Messages of the size that {@code bench/run} has. */
public final class Messages {
    private static final ObjectMapper JSON = new ObjectMapper();

    private Messages() {}

    public static byte[] line(int number) {
        return ("{\"type\":\"track\",\"event\":\"report opened\",\"userId\":\"user-" + number % 10_000
                        + "\",\"accountId\":\"account-" + number % 2_000 + "\",\"messageId\":\"bench-" + number
                        + "\",\"timestamp\":\"2026-01-01T00:00:00.000Z\",\"properties\":{\"entity\":" + number % 10_000
                        + ",\"seq\":" + number + ",\"page\":\"/reports\",\"ms\":731}}")
                .getBytes(StandardCharsets.UTF_8);
    }

    /** The message as the contract gives it. */
    public static Message admitted(int number) {
        return new Message(MessageType.TRACK, "bench-" + number, "user:user-" + number % 10_000, line(number));
    }

    static JsonNode tree(byte[] line) {
        try {
            return JSON.readTree(line);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static JsonNode without(JsonNode tree, String field) {
        return ((ObjectNode) tree).deepCopy().without(field);
    }
}

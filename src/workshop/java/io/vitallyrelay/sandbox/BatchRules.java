package io.vitallyrelay.sandbox;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The rules for a request as a whole; those for one message are {@link MessageRules}. */
final class BatchRules {
    /** The most messages a batch may have, by the vendor's documentation. */
    static final int MAX_MESSAGES = 100;

    /** Reads UTF-8 only, as a guess at UTF-16 would give no byte positions. */
    private static final ObjectMapper JSON = new ObjectMapper(
            JsonFactory.builder().disable(JsonFactory.Feature.CHARSET_DETECTION).build());

    private final String authorization;
    private final int maxBodyBytes;
    private final int maxMessageBytes;

    BatchRules(SandboxSettings settings) {
        authorization = "Basic " + settings.token();
        maxBodyBytes = settings.maxBodyBytes();
        maxMessageBytes = settings.maxMessageBytes();
    }

    /** The messages of the request, which keep all rules; else the refusal for the first one broken. */
    List<ReceivedMessage> check(BatchRequest request) throws Refusal {
        if (!request.method().equals("POST")) {
            throw new Refusal(405, "only POST is allowed");
        }
        if (!authorization.equals(request.authorization())) {
            throw new Refusal(401, "the Authorization header must be Basic and the token as it was given");
        }
        if (!isJson(request.contentType())) {
            throw new Refusal(415, "the content type must be application/json");
        }
        if (request.body().length > maxBodyBytes) {
            throw new Refusal(413, "the body is larger than " + maxBodyBytes + " bytes");
        }
        try (JsonParser parser = JSON.createParser(request.body())) {
            return messages(parser);
        } catch (JsonProcessingException e) {
            throw new Refusal(400, "the body is not JSON: " + e.getOriginalMessage());
        } catch (IOException e) {
            throw new Refusal(400, "the body is not UTF-8 JSON");
        }
    }

    private static boolean isJson(String contentType) {
        return contentType != null
                && contentType.split(";", 2)[0].strip().toLowerCase(Locale.ROOT).equals("application/json");
    }

    private List<ReceivedMessage> messages(JsonParser parser) throws IOException, Refusal {
        if (parser.nextToken() != JsonToken.START_ARRAY) {
            throw new Refusal(400, "the body must be a JSON array");
        }
        List<ReceivedMessage> messages = new ArrayList<>(MAX_MESSAGES);
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            if (messages.size() == MAX_MESSAGES) {
                throw new Refusal(400, "more than " + MAX_MESSAGES + " messages");
            }
            messages.add(message(parser, messages.size()));
        }
        if (parser.nextToken() != null) {
            throw new Refusal(400, "there is more after the array");
        }
        if (messages.isEmpty()) {
            throw new Refusal(400, "the array is empty");
        }
        return messages;
    }

    private ReceivedMessage message(JsonParser parser, int index) throws IOException, Refusal {
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            throw new Refusal(400, "message " + index + ": must be an object");
        }
        int from = (int) parser.currentTokenLocation().getByteOffset();
        JsonNode json = parser.readValueAsTree();
        int to = (int) parser.currentLocation().getByteOffset();
        if (to - from > maxMessageBytes) {
            throw new Refusal(413, "message " + index + ": is larger than " + maxMessageBytes + " bytes");
        }
        try {
            MessageRules.check(json);
        } catch (Refusal refusal) {
            throw new Refusal(refusal.status(), "message " + index + ": " + refusal.getMessage());
        }
        return new ReceivedMessage(json.path("messageId").textValue(), from, to);
    }
}

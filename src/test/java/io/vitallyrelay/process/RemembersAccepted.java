package io.vitallyrelay.process;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vitallyrelay.sandbox.Answer;
import io.vitallyrelay.sandbox.BatchRequest;
import io.vitallyrelay.sandbox.Behaviour;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Remembers each accepted message, repeats too, in the order of acceptance. To stand behind all that goes wrong on purpose. */
public final class RemembersAccepted implements Behaviour {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final List<Accepted> messages = new ArrayList<>();

    /** @param at when the request came */
    public record Accepted(JsonNode message, Instant at) {
        public String id() {
            return message.path("messageId").textValue();
        }
    }

    @Override
    public Answer answer(BatchRequest request, Endpoint next) throws InterruptedException {
        Instant at = Instant.now();
        Answer answer = next.answer(request);
        if (answer.equals(Answer.SUCCESS)) {
            remember(request, at);
        }
        return answer;
    }

    private synchronized void remember(BatchRequest request, Instant at) {
        try {
            JSON.readTree(request.body()).forEach(message -> messages.add(new Accepted(message, at)));
        } catch (IOException e) {
            throw new UncheckedIOException("accepted, so it is JSON", e);
        }
    }

    public synchronized List<Accepted> messages() {
        return List.copyOf(messages);
    }

    public synchronized int count() {
        return messages.size();
    }
}

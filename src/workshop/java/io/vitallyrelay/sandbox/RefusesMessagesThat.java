package io.vitallyrelay.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.function.Predicate;

/** Answers 400 to every batch with a message the predicate holds for, as for a type that is blocked. */
public final class RefusesMessagesThat implements Behaviour {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Predicate<JsonNode> refused;

    public RefusesMessagesThat(Predicate<JsonNode> refused) {
        this.refused = refused;
    }

    @Override
    public Answer answer(BatchRequest request, Endpoint next) throws InterruptedException {
        JsonNode messages;
        try {
            messages = JSON.readTree(request.body());
        } catch (IOException e) {
            return next.answer(request); // the endpoint says what is wrong with it
        }
        for (int i = 0; i < messages.size(); i++) {
            if (refused.test(messages.path(i))) {
                return Answer.error(400, "message " + i + ": refused on purpose");
            }
        }
        return next.answer(request);
    }
}

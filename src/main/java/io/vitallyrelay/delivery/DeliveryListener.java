package io.vitallyrelay.delivery;

import io.vitallyrelay.message.MessageType;
import java.time.Duration;

/** Is told of each answer. Called by all lanes at once, so thread-safe and quick. */
@FunctionalInterface
public interface DeliveryListener {

    /** @param took from making the body of the request to its answer, or to the failure in its place */
    void verdict(Verdict verdict, Duration took);

    /** A success that is not the documented one: {@code 200} with JSON. */
    default void doubtful(Answer answer) {}

    /** Messages of the type are refused one and all, or no longer are. */
    default void blocked(MessageType type, boolean blocked, String answer) {}
}

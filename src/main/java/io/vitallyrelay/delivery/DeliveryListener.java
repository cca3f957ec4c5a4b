package io.vitallyrelay.delivery;

import java.time.Duration;

/** Is told of each answer. Called by all lanes at once, so thread-safe and quick. */
@FunctionalInterface
public interface DeliveryListener {

    /** @param took from making the body of the request to its answer, or to the failure in its place */
    void verdict(Verdict verdict, Duration took);
}

package io.vitallyrelay.sandbox;

/**
 * Something that goes wrong on purpose. It stands before the endpoint: it may answer itself, so that nothing is
 * accepted, or ask {@code next} and change when or whether the answer goes out. Called by many threads at once.
 */
@FunctionalInterface
public interface Behaviour {
    Answer answer(BatchRequest request, Endpoint next) throws InterruptedException;

    /** The endpoint, or the behaviours that stand between it and this one. */
    @FunctionalInterface
    interface Endpoint {
        Answer answer(BatchRequest request) throws InterruptedException;

        default Endpoint behind(Behaviour behaviour) {
            return request -> behaviour.answer(request, this);
        }
    }
}

package io.vitallyrelay.sandbox;

/**
 * Closes the connection of the first requests instead of answering, with the batch accepted or not: what the sender
 * sees is the same.
 */
public final class ClosesWithoutAnswer implements Behaviour {
    private final boolean accepts;
    private final Times times;

    private ClosesWithoutAnswer(boolean accepts, int times) {
        this.accepts = accepts;
        this.times = new Times(times);
    }

    public static ClosesWithoutAnswer afterAccepting(int times) {
        return new ClosesWithoutAnswer(true, times);
    }

    public static ClosesWithoutAnswer beforeAccepting(int times) {
        return new ClosesWithoutAnswer(false, times);
    }

    @Override
    public Answer answer(BatchRequest request, Endpoint next) throws InterruptedException {
        if (!times.oneMore()) {
            return next.answer(request);
        }
        if (accepts) {
            next.answer(request);
        }
        return Answer.NONE;
    }
}

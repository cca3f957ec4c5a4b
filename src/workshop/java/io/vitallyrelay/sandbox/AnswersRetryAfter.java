package io.vitallyrelay.sandbox;

/** Answers the first requests with 429 and the given {@code Retry-After} (seconds or an HTTP date). */
public final class AnswersRetryAfter implements Behaviour {
    private final String retryAfter;
    private final Times times;

    public AnswersRetryAfter(String retryAfter, int times) {
        this.retryAfter = retryAfter;
        this.times = new Times(times);
    }

    @Override
    public Answer answer(BatchRequest request, Endpoint next) throws InterruptedException {
        return times.oneMore()
                ? Answer.error(429, "rate limit on purpose").withHeader("Retry-After", retryAfter)
                : next.answer(request);
    }
}

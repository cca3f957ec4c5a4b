package io.vitallyrelay.sandbox;

/** Answers the first requests with the given status and accepts nothing of them. */
public final class AnswersStatus implements Behaviour {
    private final int status;
    private final Times times;

    public AnswersStatus(int status, int times) {
        this.status = status;
        this.times = new Times(times);
    }

    @Override
    public Answer answer(BatchRequest request, Endpoint next) throws InterruptedException {
        return times.oneMore() ? Answer.error(status, "status " + status + " on purpose") : next.answer(request);
    }
}

package io.vitallyrelay.process;

import io.vitallyrelay.sandbox.Answer;
import io.vitallyrelay.sandbox.BatchRequest;
import io.vitallyrelay.sandbox.Behaviour;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Takes some batches, then answers nothing until it is released, after which it takes all. Of the batches without an answer
 * every other one is accepted, and the rest is not: the sender cannot know which.
 */
final class HangsInTheMiddle implements Behaviour {
    private final int taken;
    private final AtomicInteger batches = new AtomicInteger();
    private final CountDownLatch released = new CountDownLatch(1);

    /** @param taken batches that are answered before */
    HangsInTheMiddle(int taken) {
        this.taken = taken;
    }

    @Override
    public Answer answer(BatchRequest request, Endpoint next) throws InterruptedException {
        int hanging = batches.incrementAndGet() - taken;
        if (hanging <= 0 || released.getCount() == 0) {
            return next.answer(request);
        }
        if (hanging % 2 == 0) {
            next.answer(request);
        }
        released.await();
        return Answer.NONE;
    }

    /** Batches that came and got no answer. */
    int hanging() {
        return Math.max(0, batches.get() - taken);
    }

    void release() {
        released.countDown();
    }
}

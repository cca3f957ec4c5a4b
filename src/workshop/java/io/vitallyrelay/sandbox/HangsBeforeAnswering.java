package io.vitallyrelay.sandbox;

import java.util.concurrent.CountDownLatch;

/**
 * Accepts the first batches and keeps their answers back until it is released or the sandbox is closed: a sender that
 * gives up waiting has sent something that did arrive.
 */
public final class HangsBeforeAnswering implements Behaviour {
    private final Times times;
    private final CountDownLatch released = new CountDownLatch(1);

    public HangsBeforeAnswering(int times) {
        this.times = new Times(times);
    }

    /** Lets all kept answers go; nothing hangs any more. */
    public void release() {
        released.countDown();
    }

    @Override
    public Answer answer(BatchRequest request, Endpoint next) throws InterruptedException {
        boolean hangs = times.oneMore();
        Answer answer = next.answer(request);
        if (hangs) {
            released.await();
        }
        return answer;
    }
}

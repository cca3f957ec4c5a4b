package io.vitallyrelay.process;

import io.vitallyrelay.sandbox.Answer;
import io.vitallyrelay.sandbox.BatchRequest;
import io.vitallyrelay.sandbox.Behaviour;
import java.util.Random;

/** Takes every other batch, and else answers 503 or nothing; of those without an answer it has taken some. */
final class FailsNowAndThen implements Behaviour {
    private final Random random;
    private int taken;

    FailsNowAndThen(long seed) {
        random = new Random(seed);
    }

    @Override
    public Answer answer(BatchRequest request, Endpoint next) throws InterruptedException {
        switch (draw()) {
            case 0:
                return Answer.error(503, "fails on purpose");
            case 1:
                return Answer.NONE;
            case 2:
                if (next.answer(request).equals(Answer.SUCCESS)) {
                    count();
                }
                return Answer.NONE;
            default:
                return next.answer(request);
        }
    }

    private synchronized int draw() {
        return random.nextInt(6);
    }

    private synchronized void count() {
        taken++;
    }

    /** Batches that it took without an answer, which are sent again. */
    synchronized int takenWithoutAnswer() {
        return taken;
    }
}

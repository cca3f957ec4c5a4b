package io.vitallyrelay.delivery;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Says how far the stop of the service has come. Steps are only gone forward. Thread-safe. */
public final class Stop {
    /** The steps of a stop, in order. */
    public enum Step {
        /** The service does not stop. */
        RUNNING,
        /** Sources read no further record, and wait for nothing. */
        SOURCES,
        /** Lanes take no further message and send what they have in hand. */
        LANES,
        /** Nobody waits any more, and nothing is sent. */
        NOW
    }

    private final CountDownLatch stopped = new CountDownLatch(1);
    private final List<Runnable> told = new CopyOnWriteArrayList<>();
    private volatile Step step = Step.RUNNING;

    /** Goes on to the step, unless it is there already. */
    public void to(Step next) {
        synchronized (stopped) {
            if (has(next)) {
                return;
            }
            step = next;
        }
        if (next == Step.NOW) {
            stopped.countDown();
        }
        told.forEach(Runnable::run);
    }

    public void now() {
        to(Step.NOW);
    }

    /** Whether the step is reached. */
    public boolean has(Step reached) {
        return step.compareTo(reached) >= 0;
    }

    public boolean isNow() {
        return has(Step.NOW);
    }

    /** Runs the action at each step, for those who wait for something else. */
    void tell(Runnable action) {
        told.add(action);
    }

    /** Waits, until nobody waits any more. */
    public void await(Duration wait) throws InterruptedException {
        if (!wait.isZero()) {
            boolean unused = stopped.await(wait.toNanos(), TimeUnit.NANOSECONDS);
        }
    }
}

package io.vitallyrelay.delivery;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Says to all lanes that the service stops. Whoever waits through it stops waiting at once. Thread-safe. */
public final class Stop {
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final List<Runnable> told = new CopyOnWriteArrayList<>();

    public void now() {
        stopped.countDown();
        told.forEach(Runnable::run);
    }

    public boolean isNow() {
        return stopped.getCount() == 0;
    }

    /** Runs the action when the service stops, for those who wait for something else. */
    void tell(Runnable action) {
        told.add(action);
    }

    /** Waits, unless the service stops. */
    public void await(Duration wait) throws InterruptedException {
        if (!wait.isZero()) {
            boolean unused = stopped.await(wait.toNanos(), TimeUnit.NANOSECONDS);
        }
    }
}

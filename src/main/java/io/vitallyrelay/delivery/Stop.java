package io.vitallyrelay.delivery;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Says to all lanes that the service stops. Whoever waits through it stops waiting at once. Thread-safe. */
public final class Stop {
    private final CountDownLatch stopped = new CountDownLatch(1);

    public void now() {
        stopped.countDown();
    }

    public boolean isNow() {
        return stopped.getCount() == 0;
    }

    /** Waits, unless the service stops. */
    public void await(Duration wait) throws InterruptedException {
        if (!wait.isZero()) {
            boolean unused = stopped.await(wait.toNanos(), TimeUnit.NANOSECONDS);
        }
    }
}

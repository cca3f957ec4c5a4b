package io.vitallyrelay.delivery;

import java.time.Duration;

/** Counts the lanes that run and the messages that they have in hand, for the one who waits for their end. Thread-safe. */
public final class UnderWay {
    private int count;

    public synchronized void add(int more) {
        count += more;
    }

    public synchronized void remove(int done) {
        count -= done;
        if (count == 0) {
            notifyAll();
        }
    }

    /** @return whether nothing is under way any more, after waiting for that */
    public synchronized boolean awaitNone(Duration atMost) throws InterruptedException {
        long until = System.nanoTime() + atMost.toNanos();
        for (long left = atMost.toMillis(); count > 0 && left > 0; left = (until - System.nanoTime()) / 1_000_000) {
            wait(left);
        }
        return count == 0;
    }
}

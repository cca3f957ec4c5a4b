package io.vitallyrelay.spool.local;

import io.vitallyrelay.spool.DeadLetter;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Reads the dead letters in steps, from the oldest on: a step has the lock of the store for as long as it takes to fetch
 * {@value #STEP} letters or {@value #STEP_BYTES} bytes of them; they are checked, decoded and looked at without it, so that
 * sending goes on. One reads at a time, and so long the store has no more than one reader to wait for. Letters that come
 * meanwhile are read too. Thread-safe.
 */
final class DeadLetterReader {
    private static final int STEP = 128;
    private static final int STEP_BYTES = 256 * 1024;

    private final Store store;
    // fair: a long reading gives way to a short one after each of its steps
    private final ReentrantLock turn = new ReentrantLock(true);

    DeadLetterReader(Store store) {
        this.store = store;
    }

    /** Looks at one letter after the other. */
    interface Visitor {
        /**
         * @param bytes what it takes in the store
         * @return whether more are wanted
         */
        boolean next(DeadLetter letter, int bytes);
    }

    /** Gives the letters with an id above {@code after}, until no more are wanted. */
    void read(long after, Visitor visitor) {
        long at = after;
        while (at >= 0) {
            turn.lock();
            try {
                at = step(at, visitor);
            } finally {
                turn.unlock();
            }
        }
    }

    /** @return the letter it went up to; -1 when it was the last step */
    private long step(long after, Visitor visitor) {
        List<Store.Entry> entries = store.deadLetters(after, STEP, STEP_BYTES);
        long at = -1;
        for (Store.Entry entry : entries) {
            if (!visitor.next(store.decode(entry), entry.sealed().length)) {
                return -1;
            }
            at = entry.key();
        }
        return at;
    }
}

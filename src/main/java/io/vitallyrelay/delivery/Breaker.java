package io.vitallyrelay.delivery;

/** After enough failures in a row, over all lanes, one at a time tries until one succeeds. Guarded by the {@link Gate}. */
final class Breaker {
    /** A single lost connection per lane does not open it with the usual number of lanes. */
    static final int FAILURES = 5;

    private int failures;
    private Object prober;

    boolean isOpen() {
        return failures >= FAILURES;
    }

    boolean admits() {
        return !isOpen() || prober == null;
    }

    void entered(Object who) {
        if (isOpen()) {
            prober = who;
        }
    }

    /** There was no useful answer. @return whether this opened it */
    boolean failed() {
        boolean opens = failures == FAILURES - 1;
        failures = Math.min(failures + 1, FAILURES);
        return opens;
    }

    /** The endpoint answered. @return whether this closed it */
    boolean answered() {
        boolean closed = isOpen();
        failures = 0;
        prober = null;
        return closed;
    }

    void left(Object who) {
        if (who == prober) {
            prober = null;
        }
    }
}

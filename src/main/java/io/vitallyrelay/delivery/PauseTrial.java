package io.vitallyrelay.delivery;

/**
 * Finds out whether pauses that the endpoint asks for come of the rate. A limit recovers during a pause, so that what passes
 * between pauses looks like more than it allows. After a few pauses the rate is lowered to what passed with them counted in. If
 * they then come after as few requests as before, they do not come of the rate, which is restored for a longer while. Guarded
 * by the {@link Gate}; times are nanoseconds of its ticker.
 */
final class PauseTrial {
    private static final double SECOND = 1_000_000_000;
    private static final int PAUSES = 4;
    /** Fewer requests between two pauses than so many times those before show that lowering was in vain. */
    private static final double MORE = 2;
    /** So many times nothing is lowered after that. */
    private static final int NOT_AGAIN = 8;

    private long begun;
    private int pauses;
    private int passed;
    private boolean lowered;
    private double loweredFrom;
    private double passedBefore;
    private int notAgain;

    PauseTrial(long now) {
        begun = now;
    }

    /** As far as is known. */
    boolean areOfTheRate() {
        return lowered;
    }

    void passed() {
        passed++;
    }

    void paused() {
        pauses++;
    }

    boolean areEnough() {
        return pauses == PAUSES;
    }

    /** Begins anew. @return the rate to go on with, {@code margin} above what is wanted */
    double better(long now, double rate, double margin) {
        double goodput = passed / ((now - begun) / SECOND);
        double between = (double) passed / pauses;
        double better = rate;
        if (lowered && between < MORE * passedBefore) {
            better = loweredFrom;
            lowered = false;
            notAgain = NOT_AGAIN;
        } else if (notAgain > 0) {
            notAgain--;
        } else {
            if (!lowered) {
                lowered = true;
                passedBefore = between;
            }
            loweredFrom = rate;
            better = Math.min(rate, goodput * (1 + margin));
        }
        begun = now;
        pauses = 0;
        passed = 0;
        return better;
    }
}

package io.vitallyrelay.delivery;

/**
 * Looks for the pace at which most passes where each refusal costs a pause that the endpoint asks for, pauses counted in. A
 * pace without pauses is worth itself; one with pauses, what passed from one pause to the next. So what is better than a pace
 * with pauses lies between its worth and it, and is found by halving; now and then a little more is tried than was found. Where
 * pauses come after as few requests at every pace, they do not come of it: then it grows again, and looking anew is put off
 * for longer each time. Guarded by the {@link Gate}; times are nanoseconds of its ticker.
 */
final class PauseSearch {
    private static final double SECOND = 1_000_000_000;
    /** Seconds of sending without a pause after which a pace is taken for one without. */
    private static final double CLEAN = 3;
    /** Two paces that are so near are one. */
    private static final double NEAR = 1.04;
    /** Seconds at the pace that was found, for each second of a pause, after which more is tried; doubled each time. */
    private static final double PATIENCE = 30;

    private static final double MOST_PATIENCE = 240;
    /** What is tried above it at first, how many times that the next is, and the largest, which the very first ones are. */
    private static final double STEP = 0.05;

    private static final double LARGER_STEP = 1.5;
    private static final double LARGEST_STEP = 0.5;
    /** So many times the usual requests since the last pause show that a pace is better than those before; so many at least. */
    private static final double TIMES = 5;

    private static final int LEAST_TIMES = 50;
    /** So do so many requests, where they took so many times as long as a pause. */
    private static final int MANY = 200;

    private static final double LONG = 10;
    /** So many pauses in a row of which none was rarer than usual do not come of the pace. */
    private static final int TOO_MANY = 12;
    /** Pauses after which is looked anew then; doubled each time. */
    private static final int IN_VAIN = 16;

    private static final int MOST_IN_VAIN = 256;
    /** What a pace grows by with every other of them. */
    private static final double GROWTH = 0.25;
    /** What the last time from pause to pause adds to the worth of a pace. */
    private static final double LATEST = 0.2;

    private enum Phase {
        SEARCHES,
        FOUND,
        IN_VAIN
    }

    private Phase phase = Phase.FOUND;
    private double pace;
    /** The best pace without pauses, or the worth of the one with pauses from which the search began. */
    private double low;
    /** The least pace with pauses; infinite where none is known. */
    private double high;

    private double step = LARGEST_STEP;
    private double patience = CLEAN;
    /** The pace at the first of the pauses that came as often as usual, what it is worth, and how many they are. */
    private double first;

    private double worthOfFirst;
    private int pauses;
    private int passedBetween;
    private int inVain = IN_VAIN;
    private int pausesToGo;
    private int passedSincePause;
    private long sendsSincePause;
    private double pauseSeconds;
    /** Since this pace began. */
    private long begun;

    private long sendsFrom;
    private int passed;
    private boolean limited;

    /** @param guess requests a second */
    PauseSearch(double guess, long now, long resumeAt) {
        pace = guess;
        sendsSincePause = resumeAt;
        begin(now, resumeAt);
    }

    /** Requests a second. */
    double pace() {
        return pace;
    }

    /** Somebody had to wait for the pace. */
    void limited() {
        limited = true;
    }

    private void begin(long now, long resumeAt) {
        begun = now;
        sendsFrom = resumeAt;
        passed = 0;
        limited = false;
    }

    void passed(long now) {
        passed++;
        passedSincePause++;
        if (pauses > 0 && isRare(now)) {
            pauses = 0;
            passedBetween = 0;
            inVain = IN_VAIN;
        }
    }

    private boolean isRare(long now) {
        boolean isLong = (now - sendsSincePause) / SECOND >= LONG * Math.max(1, pauseSeconds);
        double usual = (double) passedBetween / pauses;
        return passedSincePause >= Math.max(LEAST_TIMES, TIMES * usual) || (isLong && passedSincePause >= MANY);
    }

    /** The endpoint asks for a pause. */
    void paused(long now, long resumeAt) {
        pauseSeconds = (resumeAt - now) / SECOND;
        if (passed == 0) {
            sendsFrom = resumeAt;
            return;
        }
        double worth = Math.min(pace, passed / ((now - begun) / SECOND));
        if (phase == Phase.IN_VAIN) {
            again(worth);
        } else {
            learn(worth);
        }
        passedSincePause = 0;
        sendsSincePause = resumeAt;
        begin(now, resumeAt);
    }

    private void again(double worth) {
        worthOfFirst += LATEST * (worth - worthOfFirst);
        pausesToGo--;
        if (pausesToGo == 0) {
            pauses = 0;
            passedBetween = 0;
            search(worthOfFirst);
        } else if (limited && pausesToGo % 2 == 0) {
            pace *= 1 + GROWTH;
        }
    }

    private void learn(double worth) {
        if (pauses == 0) {
            first = pace;
            worthOfFirst = worth;
        }
        pauses++;
        passedBetween += passedSincePause;
        if (pauses > TOO_MANY) {
            phase = Phase.IN_VAIN;
            pace = first;
            pausesToGo = inVain;
            inVain = Math.min(MOST_IN_VAIN, 2 * inVain);
        } else if (phase == Phase.FOUND) {
            search(worth);
        } else {
            high = pace;
            low = Math.min(low, high);
            next();
        }
    }

    /** A request is sent. */
    void entered(long now) {
        double sent = (now - sendsFrom) / SECOND;
        if (!limited) {
            return;
        }
        if (phase == Phase.SEARCHES && sent >= CLEAN) {
            low = pace;
            next();
            begin(now, now);
        } else if (phase == Phase.FOUND && sent >= patience * Math.max(1, pauseSeconds)) {
            patience = Math.min(MOST_PATIENCE, Math.max(PATIENCE, 2 * patience));
            phase = Phase.SEARCHES;
            low = pace;
            high = Double.POSITIVE_INFINITY;
            next();
            begin(now, now);
        }
    }

    /** Between what the pace is worth with its pauses, and it. */
    private void search(double worth) {
        phase = Phase.SEARCHES;
        low = Math.min(worth, pace);
        high = pace;
        next();
    }

    private void next() {
        if (Double.isInfinite(high)) {
            pace = low * (1 + step);
            step = Math.min(LARGEST_STEP, LARGER_STEP * step);
        } else if (high > NEAR * low) {
            pace = Math.sqrt(low * high);
        } else {
            pace = low;
            phase = Phase.FOUND;
            step = STEP;
        }
    }
}

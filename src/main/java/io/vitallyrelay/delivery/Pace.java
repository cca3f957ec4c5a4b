package io.vitallyrelay.delivery;

import java.util.ArrayDeque;

/**
 * Requests a second: a fixed rate, and below it the rate that the endpoint turns out to allow. Nothing is limited until the
 * first refusal (429); what passed in the second before it is the first estimate. From there the rate grows, faster and
 * faster, until it is refused again; then it stays below the refused one and tries more only after a while. It is halved where
 * a rate that was allowed for long is refused several times over. Guarded by the {@link Gate}; times are nanoseconds of its
 * ticker.
 */
final class Pace {
    private static final long SECOND = 1_000_000_000;
    /** So much lateness is made up for by sending earlier the next time. */
    private static final long CATCH_UP = SECOND / 10;
    /** Requests a second that are tried whatever was refused. */
    private static final double LEAST = 0.2;
    /** The rate is this part of the one that was refused, so that jitter is not refused. */
    private static final double BELOW = 0.975;
    /** Passed for so many seconds before it is refused, a rate is nearly right. */
    private static final double LONG = 5;
    /** Jitter refuses one or two requests of a rate that is allowed; so many together say that the limit fell. */
    private static final int FALLEN = 3;
    /** Growth while the limit is searched, in parts of the rate a second, and how fast it comes to that. */
    private static final double SEARCH = 0.25;

    private static final double SEARCH_FASTER = 0.1;

    /** Time without growth in seconds; doubled, up to the second one, whenever growth was in vain. */
    private static final double LEAST_CALM = 30;

    private static final double MOST_CALM = 300;

    private final double fixed;
    private final ArrayDeque<Long> lastSecond = new ArrayDeque<>();
    private double rate;
    private State state = State.FREE;
    private double calmSeconds = LEAST_CALM;
    private double calmRate;
    /** What had passed in the second before the last refusal. */
    private int refusedAt;
    /** The same at the refusal before that. */
    private int refusedBefore;
    /** When the request was let in that was refused last. */
    private long refusedEntry;
    /** The rate that was refused although it had been allowed for long; 0: it had not. */
    private double sustained;
    /** Refusals since the last cut of requests from before it, and the one that led to it. */
    private int refusedTogether;
    /** Whether the rate was halved at the last cut. */
    private boolean fallen;
    /** Whether the rate was set to what had passed in a second at the last refusal. */
    private boolean counted;
    /** Whether answers to requests before the first refusal are still to come. */
    private boolean estimating;

    private long nextFree;
    private long limitedAt;
    private long grownAt;
    private long cutAt;
    private long resumedAt;
    private long passed;

    private enum State {
        /** Nothing was refused yet: no limit is known. */
        FREE,
        /** The estimate can be far too low: it grows after a second without a refusal. */
        SEARCHING,
        /** The rate is close to what the endpoint allows: it grows only after a calm time. */
        CALM
    }

    /** @param fixed requests a second at most; 0: as many as the endpoint allows */
    Pace(int fixed, long now) {
        this.fixed = fixed == 0 ? Double.POSITIVE_INFINITY : fixed;
        rate = this.fixed;
        nextFree = now;
        limitedAt = now - SECOND;
        grownAt = now;
        cutAt = now;
        resumedAt = now;
    }

    /** Requests a second at most at the moment; infinite where nothing limits them. */
    double rate() {
        return rate;
    }

    long waitOf(long now) {
        long wait = Math.max(0, nextFree - now);
        if (wait > 0) {
            limitedAt = now;
        }
        return wait;
    }

    void entered(long now) {
        if (Double.isInfinite(rate)) {
            return;
        }
        grow(now);
        nextFree = Math.max(nextFree, now - CATCH_UP) + (long) (SECOND / rate);
    }

    /** Only a rate that is used up shows by its success that more is possible. */
    private void grow(long now) {
        double elapsed = Math.min(1, seconds(now - grownAt));
        grownAt = now;
        if (now - limitedAt <= SECOND) {
            rate = Math.min(fixed, rate * (1 + growth(seconds(now - resumedAt)) * elapsed));
        }
    }

    /** A request that was let in at that time was not refused. */
    void passed(long enteredAt) {
        if (enteredAt - cutAt >= 0) {
            passed++;
            estimating = false;
        }
        lastSecond.add(enteredAt);
        forgetBefore(enteredAt - SECOND);
        if (estimating) {
            estimate();
        } else if (counted && passed == 0 && refusedEntry - enteredAt >= 0 && refusedEntry - enteredAt < SECOND) {
            refusedAt++;
            rate = Math.max(LEAST, Math.min(fixed, Math.min(refusedAt, refusedBefore) * BELOW));
        }
    }

    /** A request that was let in at that time was refused, and nobody sends before {@code resumeAt}. */
    void refused(long enteredAt, long now, long resumeAt) {
        if (enteredAt - cutAt < (fallen ? SECOND : 0)) {
            // nothing about the rate since the cut: it was sent before that, or its second was used up before
            resumedAt = Math.max(resumedAt, resumeAt);
            if (enteredAt - cutAt < 0 && ++refusedTogether == FALLEN && sustained > 0) {
                halve();
            }
            return;
        }
        double sending = seconds(enteredAt - resumedAt);
        sustained = sending > LONG && growth(sending) == 0 ? Math.min(rate, lastSecond.size() + 1) : 0;
        forgetBefore(enteredAt - SECOND);
        refusedTogether = 1;
        fallen = false;
        int inLastSecond = lastSecond.size();
        if (state == State.FREE) {
            state = State.SEARCHING;
            estimating = true;
            estimate();
        } else {
            estimating = false;
            cut(enteredAt, sending, inLastSecond);
        }
        refusedBefore = refusedAt;
        refusedAt = inLastSecond;
        refusedEntry = enteredAt;
        passed = 0;
        cutAt = now;
        resumedAt = resumeAt;
        grownAt = resumeAt;
    }

    private void estimate() {
        refusedAt = lastSecond.size();
        rate = Math.min(fixed, Math.max(LEAST, lastSecond.size() * BELOW));
    }

    /**
     * The endpoint's second began somewhere in the one before the refusal, on average in its middle, so half of what passed is
     * the best guess of what it allows now.
     */
    private void halve() {
        rate = Math.min(fixed, Math.max(LEAST, sustained / 2));
        state = State.CALM;
        fallen = true;
        estimating = false;
        counted = false;
        calmSeconds = LEAST_CALM;
        calmRate = rate;
    }

    private void cut(long enteredAt, double sending, int inLastSecond) {
        double withPause = passed / Math.max(1, seconds(enteredAt - cutAt));
        double most = Math.max(inLastSecond, refusedAt);
        double least = Math.min(inLastSecond, refusedAt);
        boolean sameCount = most - least <= Math.max(1, most * 0.1) && least < rate && least > rate / 2;
        // after the same count again, although the rate was another: the endpoint counts by the second
        counted = sameCount && (least < 0.95 * rate || state == State.CALM && !(counted && sending < LONG));
        if (counted) {
            rate = least;
            state = State.CALM;
        } else if (sending > (state == State.CALM ? calmSeconds : LONG)) {
            // half a second ago it was passed
            rate /= 1 + growth(sending) / 2;
            state = State.CALM;
        } else {
            // what passed within less than a second is allowed in a second
            double allowed = sending < 1 ? Math.min(0.95 * rate, passed) : 0;
            rate = Math.max(Math.max(0.8 * rate, allowed), (rate + withPause) / 2);
        }
        calmSeconds =
                rate > calmRate * 1.1 || rate < calmRate * 0.9 ? LEAST_CALM : Math.min(MOST_CALM, calmSeconds * 2);
        rate = Math.max(LEAST, rate * BELOW);
        calmRate = rate;
    }

    /** How the rate grows, in parts of itself a second. */
    private double growth(double secondsWithoutRefusal) {
        return switch (state) {
            case FREE -> 0;
            case SEARCHING -> Math.min(SEARCH, Math.max(0, secondsWithoutRefusal - 1) * SEARCH_FASTER);
            case CALM -> Math.min(0.1, Math.max(0, secondsWithoutRefusal - calmSeconds) * 0.01);
        };
    }

    private void forgetBefore(long time) {
        while (!lastSecond.isEmpty() && lastSecond.peek() - time < 0) {
            lastSecond.remove();
        }
    }

    private static double seconds(long nanos) {
        return (double) nanos / SECOND;
    }
}

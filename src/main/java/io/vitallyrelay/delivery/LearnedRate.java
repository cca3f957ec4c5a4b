package io.vitallyrelay.delivery;

import java.util.ArrayDeque;

/**
 * Requests a second: a fixed rate, and below it the rate that the endpoint turns out to allow. Nothing is limited until the
 * first refusal (429). From there it does as BBR does for a network: it paces by the largest goodput of the last rounds of
 * sending, probes a small step above it in one round of eight, and takes a refusal as such for no reason to slow down: only
 * the share of refusals is one. So a few random refusals do not lower it, and a limit shows as the goodput that does not grow.
 * It is cut at once where a large share of the last answers are refusals. Where all are, it tries a few only, and comes back by
 * a slow start with the first that passes. Where refusals ask for a pause of all, {@link PauseSearch} says the rate. Guarded by the {@link Gate}; times are nanoseconds of its ticker.
 */
final class LearnedRate {
    private static final long SECOND = 1_000_000_000;
    /** So much lateness is made up for by sending earlier the next time. */
    private static final long CATCH_UP = SECOND / 10;
    /** Requests a second that are tried whatever was refused. */
    private static final double LEAST = 0.5;
    /** A first guess is not below this, in requests a second. */
    private static final double LEAST_GUESS = 4;
    /** Seconds behind a first guess, at least. */
    private static final double LEAST_FOR_GUESS = 0.25;
    /** Seconds of sending in a round, at least. */
    private static final double ROUND = 1;
    /** Rounds whose largest goodput counts. */
    private static final int ROUNDS = 10;
    /** So far below it the others are, at least: the largest of several is by chance a little above the limit. */
    private static final double MARGIN = 0.03;
    /** What a round adds to the known share of refusals, and the largest one that is made up for. */
    private static final double LATEST = 0.2;

    private static final double MOST_BY_CHANCE = 0.3;
    /** Steps above it: the smallest, after successes in a row, and while the first estimate may be far too low. */
    private static final double SMALL_STEP = 0.05;

    private static final double LARGEST_STEP = 0.25;
    private static final double SEARCH_STEP = 0.5;
    /** Successful probes in a row after which the steps grow. */
    private static final int SUCCESSES = 2;
    /** A probe in so many rounds. */
    private static final int PROBE_EVERY = 8;
    /** Growth in so many rounds that ends the search. */
    private static final double GROWTH = 1.1;

    private static final int NO_GROWTH = 3;
    /** The rate is cut at once where a larger share of the last answers are refusals. */
    private static final double CUT = 0.4;

    private static final int LAST = 50;
    private static final int ENOUGH = 20;
    /** So many refusals in a row say nothing of a rate: the endpoint takes none. */
    private static final int NONE_PASSES = 5;

    private static final long NONE_PASSES_FOR = 2 * SECOND;
    /** Requests a second with the first that passes after that, and how many more each further one brings. */
    private static final double SLOW_START = 4;

    private static final double SLOW_START_MORE = 2;
    /** So many refusals in a row without a pause show that the endpoint no longer asks for any. */
    private static final int ASKS_NO_MORE = 20;

    private final double fixed;
    private final ArrayDeque<SendingRound> rounds = new ArrayDeque<>();
    private final ArrayDeque<Double> goodputs = new ArrayDeque<>();
    private final RecentShare refusals = new RecentShare(LAST);
    private boolean limits;
    /** Instead of what is known, while the endpoint asks for pauses; else null. */
    private PauseSearch pauses;

    private int unaskedInARow;
    private long lastAsked;
    /** The largest goodput; infinite until the first refusal. */
    private double known = Double.POSITIVE_INFINITY;
    /** The share of refusals that does not come of the rate, as far as is known. */
    private double byChance;
    /** What was known before the last cut; 0: a round has confirmed the cut since. */
    private double beforeCut;
    /** Whether what is known is a guess, which the next round replaces. */
    private boolean guessed;
    /** Whether each round probes, until one shows a limit. */
    private boolean searches;

    private double searched;
    private int roundsWithoutGrowth;
    /** The rate of a slow start; infinite where there is none. */
    private double slowStart = Double.POSITIVE_INFINITY;

    private double lastGoodput;
    private int refusedInARow;
    /** When the last one was let in that was refused, and that passed. */
    private long refusedLast;

    private long passedLast;
    private int successes;
    private int roundsSinceProbe;
    private long lastCut;
    private long nextFree;

    /** @param fixed requests a second at most; 0: as many as the endpoint allows */
    LearnedRate(int fixed, long now) {
        this.fixed = fixed == 0 ? Double.POSITIVE_INFINITY : fixed;
        nextFree = now;
        lastCut = now;
        refusedLast = now;
        passedLast = now;
    }

    /** Requests a second at most at the moment; infinite where nothing limits them. */
    double rate() {
        if (!limits) {
            return fixed;
        }
        return Math.min(fixed, Math.max(LEAST, Math.min(slowStart, pauses == null ? paced() : pauses.pace())));
    }

    private double paced() {
        boolean probes = !rounds.isEmpty() && rounds.peekLast().probes;
        return known / (1 - byChance) * (probes ? 1 + step() : 1 - Math.max(MARGIN, 0.8 * byChance));
    }

    private double step() {
        if (searches) {
            return roundsWithoutGrowth == 0 ? SEARCH_STEP : LARGEST_STEP;
        }
        return Math.min(LARGEST_STEP, SMALL_STEP * Math.scalb(1, Math.max(0, successes - SUCCESSES)));
    }

    /** Whether the endpoint takes nothing at all, so that only a few are tried. */
    boolean isBlocked() {
        return refusedInARow >= NONE_PASSES && refusedLast - passedLast >= NONE_PASSES_FOR;
    }

    long waitOf(long now) {
        long wait = Math.max(0, nextFree - now);
        if (wait > 0 && !rounds.isEmpty()) {
            rounds.peekLast().limited();
            if (pauses != null) {
                pauses.limited();
            }
        }
        return wait;
    }

    void entered(long now) {
        SendingRound round = rounds.peekLast();
        if (round == null || round.secondsUntil(now) >= ROUND) {
            if (round != null) {
                round.end(now);
            }
            round = begin(now);
        }
        round.entered();
        if (pauses != null) {
            pauses.entered(now);
        }
        if (!Double.isInfinite(rate())) {
            nextFree = Math.max(nextFree, now - CATCH_UP) + (long) (SECOND / rate());
        }
        learn();
    }

    private SendingRound begin(long now) {
        roundsSinceProbe++;
        boolean probes = limits && (searches || roundsSinceProbe >= PROBE_EVERY);
        if (probes) {
            roundsSinceProbe = 0;
        }
        SendingRound round = new SendingRound(now, probes);
        rounds.add(round);
        return round;
    }

    private SendingRound roundOf(long enteredAt) {
        SendingRound of = null;
        for (SendingRound round : rounds) {
            if (round.begun - enteredAt <= 0) {
                of = round;
            }
        }
        return of;
    }

    /** A request that was let in at that time was not refused. */
    void passed(long enteredAt) {
        if (isBlocked()) {
            slowStart = SLOW_START;
            refusals.clear();
        } else if (!Double.isInfinite(slowStart)) {
            slowStart += SLOW_START_MORE;
            if (slowStart >= (pauses == null ? known : pauses.pace())) {
                slowStart = Double.POSITIVE_INFINITY;
            }
        }
        refusedInARow = 0;
        if (pauses != null) {
            pauses.passed(enteredAt);
        }
        passedLast = enteredAt;
        answered(enteredAt, false);
    }

    /** A request that was let in at that time was refused; nobody sends before {@code resumeAt}, which can be now. */
    void refused(long enteredAt, long now, long resumeAt) {
        refusedInARow++;
        refusedLast = enteredAt;
        if (!limits) {
            limits = true;
            searches = true;
            known = Math.max(LEAST_GUESS, Math.max(lastGoodput, goodputUntil(now)));
            guessed = true;
            lastCut = now;
        }
        if (resumeAt - now > 0) {
            asked(enteredAt, now, resumeAt);
        } else {
            unasked();
        }
        slowStart = Math.max(LEAST, slowStart / 2);
        answered(enteredAt, true);
        if (pauses == null && enteredAt - lastCut >= 0 && refusals.seen() >= ENOUGH && refusals.share() > CUT) {
            cut(now);
        }
        if (isBlocked()) {
            slowStart = LEAST;
            if (beforeCut > 0) {
                known = beforeCut;
                beforeCut = 0;
            }
        }
    }

    private void asked(long enteredAt, long now, long resumeAt) {
        unaskedInARow = 0;
        if (pauses == null) {
            pauses = new PauseSearch(known, now, resumeAt);
            lastAsked = now;
        } else if (enteredAt - lastAsked >= 0) {
            pauses.paused(now, resumeAt);
            lastAsked = now;
        }
    }

    private void unasked() {
        unaskedInARow++;
        if (pauses != null && unaskedInARow == ASKS_NO_MORE) {
            known = pauses.pace();
            pauses = null;
        }
    }

    /** A request that was let in at that time had no answer that tells of the rate. */
    void lost(long enteredAt) {
        SendingRound round = roundOf(enteredAt);
        if (round != null) {
            round.lost();
        }
        learn();
    }

    /** Of the rounds that still wait for an answer. */
    private double goodputUntil(long now) {
        int passed = 0;
        for (SendingRound round : rounds) {
            passed += round.passed();
        }
        double seconds = rounds.isEmpty() ? 0 : rounds.peek().secondsUntil(now);
        return passed / Math.max(LEAST_FOR_GUESS, seconds);
    }

    private void answered(long enteredAt, boolean refused) {
        refusals.add(refused);
        SendingRound round = roundOf(enteredAt);
        if (round != null) {
            round.answered(refused);
        }
        learn();
    }

    private void learn() {
        while (!rounds.isEmpty() && rounds.peek().isAnswered()) {
            learn(rounds.poll());
        }
    }

    private void learn(SendingRound round) {
        lastGoodput = round.goodput();
        if (!limits
                || pauses != null
                || round.passed() == 0
                || !round.tells()
                || isBlocked()
                || !Double.isInfinite(slowStart)
                || round.begun - lastCut < 0) {
            return;
        }
        beforeCut = 0;
        if (round.probes && !searches) {
            successes = lastGoodput > known ? successes + 1 : 0;
        } else if (!round.probes) {
            byChance += LATEST * (Math.min(MOST_BY_CHANCE, round.refusedShare()) - byChance);
        }
        if (searches) {
            search();
        }
        if (round.refused() == 0 && !guessed && lastGoodput <= known) {
            // below what is known nothing is refused: nothing new
            return;
        }
        if (guessed) {
            goodputs.clear();
            guessed = false;
        }
        goodputs.add(lastGoodput);
        if (goodputs.size() > ROUNDS) {
            goodputs.remove();
        }
        known = goodputs.stream().max(Double::compare).orElseThrow();
    }

    private void setKnown(double found) {
        known = Math.max(LEAST, found);
        goodputs.clear();
        goodputs.add(known);
    }

    private void search() {
        if (lastGoodput > GROWTH * searched) {
            searched = lastGoodput;
            roundsWithoutGrowth = 0;
        } else {
            searches = ++roundsWithoutGrowth < NO_GROWTH;
        }
    }

    private void cut(long now) {
        beforeCut = Math.max(beforeCut, known);
        setKnown(rate() * (1 - refusals.share()));
        guessed = true;
        searches = true;
        searched = 0;
        roundsWithoutGrowth = 0;
        byChance = 0;
        successes = 0;
        refusals.clear();
        lastCut = now;
    }
}

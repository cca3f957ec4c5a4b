package io.vitallyrelay.bench;

/**
 * So many requests a second, and from some second on half as many. Counted in one of two ways: anew for each second of the
 * endpoint's clock, or as a token bucket that holds what comes in a second. Guarded by its user.
 */
final class RateLimit {
    private final double rate;
    private final double halvesAt;
    private final boolean bucket;
    private double tokens;
    private double filledAt;

    /** @param halvesAt seconds since the first request; infinite for never */
    RateLimit(double rate, double halvesAt, boolean bucket) {
        this.rate = rate;
        this.halvesAt = halvesAt;
        this.bucket = bucket;
        this.tokens = rate;
    }

    double at(double second) {
        return second < halvesAt ? rate : rate / 2;
    }

    /** @param second since the first request; never less than before */
    boolean allows(double second) {
        double most = at(second);
        if (bucket) {
            tokens = Math.min(most, tokens + (second - filledAt) * most);
        } else if ((long) second != (long) filledAt) {
            tokens = most;
        }
        filledAt = second;
        if (tokens < 1) {
            return false;
        }
        tokens--;
        return true;
    }
}

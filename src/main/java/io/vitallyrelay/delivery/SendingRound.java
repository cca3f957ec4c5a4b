package io.vitallyrelay.delivery;

/**
 * The requests that were let in within about a second of sending, and what became of them. Guarded by the {@link Gate}; times are nanoseconds of its ticker.
 */
final class SendingRound {
    private static final double SECOND = 1_000_000_000;

    final long begun;
    /** Whether more than the known rate is tried in it. */
    final boolean probes;

    private double seconds;
    private boolean ended;
    private int under;
    private int passed;
    private int refused;
    private boolean limited;

    SendingRound(long now, boolean probes) {
        begun = now;
        this.probes = probes;
    }

    double secondsUntil(long now) {
        return (now - begun) / SECOND;
    }

    void entered() {
        under++;
    }

    void answered(boolean wasRefused) {
        under--;
        if (wasRefused) {
            refused++;
        } else {
            passed++;
        }
    }

    /** A request of it has no answer. */
    void lost() {
        under--;
    }

    /** Somebody had to wait for the pace: what passes in it says what the endpoint allows, not what there is to send. */
    void limited() {
        limited = true;
    }

    void end(long now) {
        seconds = secondsUntil(now);
        ended = true;
    }

    boolean isAnswered() {
        return ended && under == 0;
    }

    int refused() {
        return refused;
    }

    int passed() {
        return passed;
    }

    /** Requests a second that passed. */
    double goodput() {
        return passed / seconds;
    }

    /** The share of refusals, from 0 to 1. */
    double refusedShare() {
        return passed + refused == 0 ? 0 : (double) refused / (passed + refused);
    }

    /** Whether it says something of what the endpoint allows. */
    boolean tells() {
        return limited || refused > 0;
    }
}

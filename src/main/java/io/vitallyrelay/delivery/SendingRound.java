package io.vitallyrelay.delivery;

/**
 * The requests that were let in within about a second of sending, and what became of them. Pauses are no sending time. Guarded
 * by the {@link Gate}; times are nanoseconds of its ticker.
 */
final class SendingRound {
    private static final double SECOND = 1_000_000_000;

    final long begun;
    /** Whether more than the known rate is tried in it. */
    final boolean probes;

    private final long pausedBefore;
    private double seconds;
    private boolean ended;
    private boolean hadPause;
    private int under;
    private int passed;
    private int refused;
    private int refusedUnasked;
    private boolean limited;

    /** @param paused nanoseconds of pauses until now */
    SendingRound(long now, long paused, boolean probes) {
        begun = now;
        pausedBefore = paused;
        this.probes = probes;
    }

    /** @return seconds of sending until then */
    double secondsUntil(long now, long paused) {
        return (now - begun - (paused - pausedBefore)) / SECOND;
    }

    void entered() {
        under++;
    }

    /** @param asked whether the refusal asked for a pause */
    void answered(boolean wasRefused, boolean asked) {
        under--;
        if (wasRefused) {
            refused++;
            refusedUnasked += asked ? 0 : 1;
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

    void end(long now, long paused) {
        seconds = secondsUntil(now, paused);
        ended = true;
        hadPause = paused != pausedBefore;
    }

    boolean isAnswered() {
        return ended && under == 0;
    }

    boolean hadPause() {
        return hadPause;
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

    /** The share of refusals that asked for no pause, from 0 to 1. */
    double refusedShare() {
        return passed + refused == 0 ? 0 : (double) refusedUnasked / (passed + refused);
    }

    /** Whether it says something of what the endpoint allows. */
    boolean tells() {
        return limited || refused > 0;
    }
}

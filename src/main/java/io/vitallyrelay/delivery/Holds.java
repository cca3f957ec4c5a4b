package io.vitallyrelay.delivery;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * The holds of all lanes: the operator's, which only the operator ends, and the endpoint's, which also ends when the one who met
 * it tries again and passes. Once released, one is tried before the others go on. Guarded by the {@link Gate}; times are
 * nanoseconds of its ticker.
 */
final class Holds {
    private final long probeEvery;
    private Hold operators;
    private Hold endpoints;
    /** Nothing is told any more, but nobody goes on before one has passed. */
    private boolean released;

    private Object prober;
    private long nextProbe;

    Holds(long probeEvery) {
        this.probeEvery = probeEvery;
    }

    void byOperator(Hold hold) {
        operators = operators == null ? hold : operators;
    }

    /** After a release in vain the trouble is as old as it was. @return whether this is news */
    boolean byEndpoint(Object who, String reason, Instant since, long now) {
        boolean news = endpoints == null || released;
        if (news) {
            endpoints = Hold.byEndpoint(reason, endpoints == null ? since : endpoints.since());
            released = false;
            prober = who;
        }
        if (who == prober) {
            nextProbe = now + probeEvery;
        }
        return news;
    }

    /** @return how long this one has to wait; {@link Gate#UNTIL_TOLD} where no time ends it */
    long waitOf(Object who, long now) {
        if (operators != null) {
            return Gate.UNTIL_TOLD;
        }
        if (!isProbed()) {
            return 0;
        }
        return prober == null || prober == who ? Math.max(0, nextProbe - now) : Gate.UNTIL_TOLD;
    }

    private boolean isProbed() {
        return endpoints != null || released;
    }

    void entered(Object who, long now) {
        if (isProbed()) {
            prober = who;
            nextProbe = now + probeEvery;
        }
    }

    /** @return whether all go on by this */
    boolean passed(Object who) {
        if (!isProbed() || who != prober) {
            return false;
        }
        endpoints = null;
        released = false;
        prober = null;
        return true;
    }

    /** There was no useful answer: after a release the same one tries again as soon as it would without. */
    void failed(Object who, long retryAt) {
        if (released && who == prober) {
            nextProbe = retryAt;
        }
    }

    /** Somebody else probes in the place of one who is gone. */
    void gone(Object who) {
        if (who == prober) {
            prober = null;
        }
    }

    /** @param probe whether one has to pass before the others go on */
    void release(boolean probe, long now) {
        released = probe && closes();
        if (!released) {
            endpoints = null;
        }
        operators = null;
        prober = null;
        nextProbe = now;
    }

    /** Whether anybody has to wait. */
    boolean closes() {
        return operators != null || isProbed();
    }

    /** Whether all are kept back until somebody acts, or a probe passes. */
    boolean isAny() {
        return !all().isEmpty();
    }

    /** Whether they are released, and none has passed yet. */
    boolean isReleased() {
        return released && operators == null;
    }

    List<Hold> all() {
        List<Hold> all = new ArrayList<>();
        if (operators != null) {
            all.add(operators);
        }
        if (endpoints != null && !released) {
            all.add(endpoints);
        }
        return all;
    }
}

package io.vitallyrelay.delivery;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * The operator's hold, which only the operator ends, and the endpoint's, which also ends when the one who met it tries again
 * and passes. Guarded by the {@link Gate}; times are nanoseconds of its ticker.
 */
final class Holds {
    private final long probeEvery;
    private Hold operators;
    private Hold endpoints;
    private Object prober;
    private long nextProbe;

    Holds(long probeEvery) {
        this.probeEvery = probeEvery;
    }

    void byOperator(Hold hold) {
        operators = operators == null ? hold : operators;
    }

    /** @return whether this is news */
    boolean byEndpoint(Object who, String reason, Instant since, long now) {
        boolean news = endpoints == null;
        if (news) {
            endpoints = Hold.byEndpoint(reason, since);
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
        if (endpoints == null) {
            return 0;
        }
        return prober == null || prober == who ? Math.max(0, nextProbe - now) : Gate.UNTIL_TOLD;
    }

    void entered(Object who, long now) {
        if (endpoints != null) {
            prober = who;
            nextProbe = now + probeEvery;
        }
    }

    /** @return whether this ended the endpoint's hold */
    boolean passed(Object who) {
        if (endpoints == null || who != prober) {
            return false;
        }
        endpoints = null;
        prober = null;
        return true;
    }

    /** Somebody else probes in the place of one who is gone. */
    void gone(Object who) {
        if (who == prober) {
            prober = null;
        }
    }

    void release() {
        operators = null;
        endpoints = null;
        prober = null;
    }

    boolean isAny() {
        return operators != null || endpoints != null;
    }

    List<Hold> all() {
        List<Hold> all = new ArrayList<>();
        if (operators != null) {
            all.add(operators);
        }
        if (endpoints != null) {
            all.add(endpoints);
        }
        return all;
    }
}

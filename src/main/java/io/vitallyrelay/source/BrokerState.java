package io.vitallyrelay.source;

import java.util.Optional;

/** Whether the broker can be reached, as the last attempt to connect found it. Thread-safe. */
public final class BrokerState {
    private static final String NEVER = "no connection yet";

    private String problem = NEVER;

    /** @return whether that is news: the first connection, or the end of an outage */
    public synchronized boolean connected() {
        boolean news = problem != null;
        problem = null;
        return news;
    }

    /** @return whether that is news: the attempts after the first one of an outage are none */
    public synchronized boolean failed(String why) {
        boolean news = problem == null || problem.equals(NEVER);
        problem = why;
        return news;
    }

    /** Why there is no connection; empty while there is one. */
    public synchronized Optional<String> problem() {
        return Optional.ofNullable(problem);
    }
}

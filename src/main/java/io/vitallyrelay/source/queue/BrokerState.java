package io.vitallyrelay.source.queue;

import java.util.Optional;

/** Whether the broker can be reached, as the last attempt to connect found it. Thread-safe. */
public final class BrokerState {
    private String problem;
    private boolean told;

    /** @param atFirst why there is no connection before the first attempt */
    public BrokerState(String atFirst) {
        problem = atFirst;
    }

    /** @return whether that is news: the first connection, or the end of an outage */
    public synchronized boolean connected() {
        boolean news = problem != null;
        problem = null;
        told = false;
        return news;
    }

    /** @return whether that is news: the attempts after the first one of an outage are none */
    public synchronized boolean failed(String why) {
        boolean news = !told;
        problem = why;
        told = true;
        return news;
    }

    /** Why there is no connection; empty while there is one. */
    public synchronized Optional<String> problem() {
        return Optional.ofNullable(problem);
    }
}

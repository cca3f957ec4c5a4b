package io.vitallyrelay.source.queue.camel;

import io.vitallyrelay.source.SourceStates;
import jakarta.jms.InvalidDestinationException;
import jakarta.jms.JMSSecurityException;
import java.time.Duration;
import java.util.Locale;
import java.util.function.BiConsumer;
import java.util.function.LongSupplier;
import org.slf4j.event.Level;

/**
 * Tells once when a queue cannot be read although there is a connection, with what the broker answered, and once when it is read
 * again. Thread-safe.
 */
final class QueueWatch {
    /** So long a consumer must live until its queue counts as read. */
    private static final Duration CALM = Duration.ofSeconds(5);

    /** A broker that was restarted closes consumers too, but once. */
    private static final Duration AGAIN = Duration.ofMinutes(1);

    private final SourceStates states;
    private final String integration;
    private final String queue;
    private final LongSupplier nanoTime;
    private final BiConsumer<Level, String> log;

    private boolean troubled;
    private long failedAt;
    private long subscribedAt;
    private Trouble told;

    /** What can be wrong, and what to do. */
    enum Trouble {
        NOT_ALLOWED("grant the right to consume from it to the user of relay.jms.user"),
        NOT_THERE("make the queue, or let the broker make it"),
        NO_TRANSACTIONS("the service needs a broker with transactions; over AMQP not all have them"),
        CLOSED("if programs send to it over AMQP, set relay.jms.protocol=amqp: not all of that can be read over core"),
        OTHER("see the log of the broker");

        private final String advice;

        Trouble(String advice) {
            this.advice = advice;
        }
    }

    QueueWatch(
            SourceStates states,
            String integration,
            String queue,
            LongSupplier nanoTime,
            BiConsumer<Level, String> log) {
        this.states = states;
        this.integration = integration;
        this.queue = queue;
        this.nanoTime = nanoTime;
        this.log = log;
    }

    /** There is a consumer. */
    synchronized void subscribed() {
        subscribedAt = nanoTime.getAsLong();
    }

    /**
     * There is none, or no more.
     *
     * @return whether that is more than an outage of the broker that is over at once
     */
    synchronized boolean failed(Throwable failure) {
        Trouble trouble = trouble(failure);
        long now = nanoTime.getAsLong();
        boolean again = troubled && now - failedAt < AGAIN.toNanos();
        troubled = true;
        failedAt = now;
        if (!again && (trouble == Trouble.CLOSED || trouble == Trouble.OTHER)) {
            return false;
        }
        String problem = "cannot be read: " + answer(failure) + "; " + trouble.advice;
        states.failing(integration, source(), problem);
        if (told != trouble) {
            log.accept(
                    Level.WARN,
                    "Queue " + queue + " of " + integration + " " + problem + "; tried again until it can be");
        }
        told = trouble;
        return true;
    }

    /** A consumer waited for a message, or has one. */
    synchronized void alive() {
        long now = nanoTime.getAsLong();
        if (troubled && now - Math.max(subscribedAt, failedAt) > CALM.toNanos()) {
            troubled = false;
            told = null;
            if (states.well(integration, source())) {
                log.accept(Level.INFO, "Queue " + queue + " of " + integration + " is read again");
            }
        }
    }

    private String source() {
        return "queue " + queue;
    }

    private static String answer(Throwable failure) {
        String message = failure.getMessage();
        return message == null ? failure.getClass().getSimpleName() : message.replaceAll("\\p{Cntrl}+", " ");
    }

    static Trouble trouble(Throwable failure) {
        String words = String.valueOf(failure.getMessage()).toLowerCase(Locale.ROOT);
        if (failure instanceof JMSSecurityException || words.contains("unauthorized")) {
            return Trouble.NOT_ALLOWED;
        } else if (failure instanceof InvalidDestinationException
                || words.contains("not-found")
                || words.contains("no queue")) {
            return Trouble.NOT_THERE;
        } else if (words.contains("transaction")
                || words.contains("coordinator")
                || words.contains("not-implemented")) {
            return Trouble.NO_TRANSACTIONS;
        }
        return words.contains("closed") || words.contains("consumer") ? Trouble.CLOSED : Trouble.OTHER;
    }
}

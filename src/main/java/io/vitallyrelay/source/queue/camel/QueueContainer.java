package io.vitallyrelay.source.queue.camel;

import io.vitallyrelay.source.SourceStates;
import io.vitallyrelay.source.queue.Uncommitted;
import io.vitallyrelay.spool.Spool;
import io.vitallyrelay.spool.SpoolClosedException;
import jakarta.jms.ConnectionFactory;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageConsumer;
import jakarta.jms.Session;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.apache.camel.component.jms.ConsumerType;
import org.apache.camel.component.jms.DefaultJmsMessageListenerContainer;
import org.apache.camel.component.jms.JmsComponent;
import org.apache.camel.component.jms.JmsConfiguration;
import org.apache.camel.component.jms.JmsEndpoint;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.util.backoff.BackOffExecution;
import org.springframework.util.backoff.ExponentialBackOff;

/**
 * Camel's listeners of a queue, as this service needs them. A transaction holds all messages that are there, up to {@value
 * #AT_ONCE}, and is committed when what they became is durable: the broker and the spool are then asked once for all of them.
 */
public final class QueueContainer extends DefaultJmsMessageListenerContainer {
    static final int AT_ONCE = 100;

    /** What Spring says in the name of this class is switched off: it says it each time. */
    private static final Logger LOG = LoggerFactory.getLogger(QueueWatch.class);

    private static final Duration FIRST_WAIT = Duration.ofMillis(250);
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(15);

    private final Spool spool;
    private final Uncommitted uncommitted;
    private final QueueWatch watch;
    private final ExponentialBackOff patience;
    /** Between attempts to read a queue that cannot be read. */
    private BackOffExecution waits;

    private volatile boolean spoolClosed;
    private final ThreadLocal<Transaction> transactions = ThreadLocal.withInitial(Transaction::new);

    /** That of one consumer, which keeps to its thread. */
    private static final class Transaction {
        private int taken;
        private int limit = AT_ONCE;
        private Session session;
        private Duration wait = Duration.ZERO;

        /** After a failure they begin small, so that the message that failed keeps no others from being committed. */
        void failed() {
            taken = 0;
            limit = 1;
            Duration longer = wait.isZero() ? FIRST_WAIT : wait.multipliedBy(2);
            wait = longer.compareTo(LONGEST_WAIT) < 0 ? longer : LONGEST_WAIT;
        }

        void committed() {
            taken = 0;
            limit = Math.min(AT_ONCE, 2 * limit);
            wait = Duration.ZERO;
        }
    }

    private QueueContainer(JmsEndpoint endpoint, Spool spool, Uncommitted uncommitted, QueueWatch watch) {
        super(endpoint);
        this.spool = spool;
        this.uncommitted = uncommitted;
        this.watch = watch;
        ExponentialBackOff backOff = new ExponentialBackOff(FIRST_WAIT.toMillis(), 2);
        backOff.setMaxInterval(LONGEST_WAIT.toMillis());
        setBackOff(backOff);
        patience = backOff;
    }

    /** The component {@code jms:} with such listeners. Its endpoints say by {@code integration=} whose queue it is. */
    public static JmsComponent component(
            ConnectionFactory connections, Spool spool, Uncommitted uncommitted, SourceStates states) {
        JmsConfiguration configuration = new JmsConfiguration(connections);
        configuration.setConsumerType(ConsumerType.Custom);
        configuration.setRecoveryInterval(-1); // leave the back-off alone
        // without a transaction Spring would acknowledge before the route begins
        configuration.setTransacted(true);
        configuration.setLazyCreateTransactionManager(false);
        configuration.setCacheLevelName("CACHE_CONSUMER");
        // a message that names an address for answers is a record like any other
        configuration.setDisableReplyTo(true);
        configuration.setMapJmsMessage(false);
        configuration.setErrorHandlerLogStackTrace(false);
        return new QueueListening(
                configuration,
                states,
                LOG,
                watch -> endpoint -> new QueueContainer(endpoint, spool, uncommitted, watch));
    }

    /** A message went through the route: its transaction goes on where there may be more. Null when none came. */
    @Override
    protected void commitIfNecessary(Session session, Message message) throws JMSException {
        if (message == null) {
            return;
        }
        Transaction transaction = transactions.get();
        transaction.session = session;
        transaction.taken++;
        if (transaction.taken >= transaction.limit || !isRunning()) {
            commit(transaction);
        }
    }

    /** Waits for a message only when nothing is left to commit. */
    @Override
    protected Message receiveMessage(MessageConsumer consumer) throws JMSException {
        Transaction transaction = transactions.get();
        if (transaction.taken > 0) {
            Message next = isRunning() ? consumer.receiveNoWait() : null;
            if (next != null) {
                return next;
            }
            commit(transaction);
        }
        if (!mayReceive(transaction)) {
            return null;
        }
        long began = System.nanoTime();
        Message message = super.receiveMessage(consumer);
        watch.alive();
        // a consumer that its broker closes gets none either, but sooner
        if (message == null && System.nanoTime() - began >= TimeUnit.MILLISECONDS.toNanos(getReceiveTimeout())) {
            uncommitted.certain();
        }
        return message;
    }

    @Override
    protected MessageConsumer createListenerConsumer(Session session) throws JMSException {
        MessageConsumer consumer = super.createListenerConsumer(session);
        watch.subscribed();
        return consumer;
    }

    /** There is no session or consumer, or no more; what was in the transaction comes again. */
    @Override
    protected void handleListenerSetupFailure(Throwable failure, boolean alreadyRecovered) {
        uncommitted.consumerEnded(isDurable());
        if (alreadyRecovered || failure instanceof SharedConnectionNotInitializedException) {
            return;
        }
        if (watch.failed(failure)) {
            waits = waits == null ? patience.start() : waits;
            applyBackOffTime(waits);
        } else {
            waits = null;
        }
    }

    /** A message that comes again and again at once is soon given up by its broker; all of them, where the spool is closed. */
    private boolean mayReceive(Transaction transaction) {
        Duration wait = spoolClosed ? Duration.ofMillis(getReceiveTimeout()) : transaction.wait;
        try {
            TimeUnit.MILLISECONDS.sleep(wait.toMillis());
            return !spoolClosed && isRunning();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private void commit(Transaction transaction) throws JMSException {
        try {
            spool.flush();
            super.commitIfNecessary(transaction.session, null);
            uncommitted.committed();
            transaction.committed();
        } catch (InterruptedException e) {
            failed(transaction, e);
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted; the messages of this transaction come again", e);
        } catch (JMSException | RuntimeException e) {
            failed(transaction, e);
            throw e;
        }
    }

    @Override
    protected void rollbackOnExceptionIfNecessary(Session session, Throwable failure) throws JMSException {
        failed(transactions.get(), failure);
        super.rollbackOnExceptionIfNecessary(session, failure);
    }

    private void failed(Transaction transaction, Throwable failure) {
        uncommitted.rolledBack(isDurable());
        transaction.failed();
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            spoolClosed |= cause instanceof SpoolClosedException;
        }
    }

    /** What was staged becomes durable anyway, so it is not to be taken again when its message comes again. */
    private boolean isDurable() {
        try {
            spool.flush();
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            logger.debug("What the messages became is not durable", e);
        }
        return false;
    }
}

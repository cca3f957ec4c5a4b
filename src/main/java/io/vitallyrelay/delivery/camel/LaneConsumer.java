package io.vitallyrelay.delivery.camel;

import io.vitallyrelay.delivery.LaneFailures;
import io.vitallyrelay.spool.PendingMessage;
import io.vitallyrelay.spool.Spool;
import java.time.Duration;
import java.util.List;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.support.DefaultConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One thread that takes a lane's messages and hands them to the route, which keeps their order and its own pace. */
final class LaneConsumer extends DefaultConsumer {
    private static final Logger LOG = LoggerFactory.getLogger(LaneConsumer.class);
    private static final Duration LOOK_AFTER_STOP = Duration.ofMillis(500);
    /** Messages that go back to the lane come before all that the consumer does not have in its hand yet. */
    private static final int AT_ONCE = 1;

    private final Spool spool;
    private final int lane;
    private final LaneFailures failures;
    private volatile boolean running;
    private Thread thread;

    LaneConsumer(Endpoint endpoint, Processor processor, Spool spool, int lane, LaneFailures failures) {
        super(endpoint, processor);
        this.spool = spool;
        this.lane = lane;
        this.failures = failures;
    }

    @Override
    protected void doStart() throws Exception {
        super.doStart();
        running = true;
        thread = new Thread(this::run, "lane-" + lane);
        thread.start();
    }

    @Override
    protected void doStop() throws Exception {
        running = false;
        super.doStop();
    }

    private void run() {
        try {
            while (running) {
                List<PendingMessage> messages = spool.take(lane, AT_ONCE, LOOK_AFTER_STOP);
                for (PendingMessage message : messages) {
                    hand(message);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (Throwable e) {
            // errors too: nothing else would tell that the messages of this lane stay pending
            failures.failed(lane, e.toString());
            LOG.error("lane {} stands still: {}. Restart the service once this is mended.", lane, e.getMessage(), e);
        }
    }

    private void hand(PendingMessage message) throws Exception {
        Exchange exchange = createExchange(false);
        try {
            exchange.getIn().setBody(message);
            getProcessor().process(exchange);
            if (exchange.getException() != null) {
                throw exchange.getException();
            }
        } finally {
            releaseExchange(exchange, false);
        }
    }
}

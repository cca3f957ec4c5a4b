package io.vitallyrelay.delivery.camel;

import io.vitallyrelay.delivery.LaneBuffer;
import io.vitallyrelay.delivery.Stop;
import io.vitallyrelay.delivery.UnderWay;
import java.time.Duration;
import java.util.function.Consumer;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;
import org.apache.camel.support.DefaultConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One thread that takes a lane's messages and hands them to the route, which keeps their order and its own pace. */
final class LaneConsumer extends DefaultConsumer {
    private static final Logger LOG = LoggerFactory.getLogger(LaneConsumer.class);
    private static final Duration LOOK_AFTER_STOP = Duration.ofMillis(200);

    private final LaneBuffer messages;
    private final Stop stop;
    private final UnderWay underWay;
    private volatile boolean running;
    private Thread thread;

    LaneConsumer(Endpoint endpoint, Processor processor, LaneBuffer messages, Stop stop, UnderWay underWay) {
        super(endpoint, processor);
        this.messages = messages;
        this.stop = stop;
        this.underWay = underWay;
    }

    @Override
    protected void doStart() throws Exception {
        super.doStart();
        running = true;
        underWay.add(1);
        thread = new Thread(this::run, "lane-" + messages.state().lane());
        thread.start();
    }

    @Override
    protected void doStop() throws Exception {
        running = false;
        super.doStop();
    }

    private void run() {
        try {
            while (running && !stop.has(Stop.Step.LANES)) {
                if (messages.take(LOOK_AFTER_STOP)) {
                    hand(in -> in.setBody(messages));
                }
            }
            if (running) {
                // for the aggregator an order, not a message: it completes the open batch
                hand(in -> in.setHeader(Exchange.AGGREGATION_COMPLETE_ALL_GROUPS, true));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (Throwable e) {
            // errors too: nothing else would tell that the messages of this lane stay pending
            messages.state().failed(e.toString());
            LOG.error(
                    "lane {} stands still: {}. Restart the service once this is mended.",
                    messages.state().lane(),
                    e.getMessage(),
                    e);
        } finally {
            underWay.remove(1);
        }
    }

    private void hand(Consumer<Message> content) throws Exception {
        Exchange exchange = createExchange(false);
        try {
            content.accept(exchange.getIn());
            getProcessor().process(exchange);
            if (exchange.getException() != null) {
                throw exchange.getException();
            }
        } finally {
            releaseExchange(exchange, false);
        }
    }
}

package io.vitallyrelay.delivery.camel;

import io.vitallyrelay.delivery.AnswerReader;
import io.vitallyrelay.delivery.Batch;
import io.vitallyrelay.delivery.Delivery;
import io.vitallyrelay.delivery.DeliveryListener;
import io.vitallyrelay.delivery.LaneBuffer;
import io.vitallyrelay.delivery.Stop;
import io.vitallyrelay.delivery.UnderWay;
import io.vitallyrelay.spool.Pending;
import java.io.InputStream;
import java.util.List;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Predicate;
import org.apache.camel.Processor;
import org.apache.camel.support.SynchronizationAdapter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The steps between a complete batch and its settlement, as {@code routes/delivery.camel.yaml} names them. Thread-safe. */
public final class DeliverySteps {
    private static final Logger LOG = LoggerFactory.getLogger(DeliverySteps.class);
    private static final String DELIVERY = "relay.delivery";

    private final Delivery.Rules rules;
    private final AnswerReader reader;
    private final DeliveryListener listener;
    private final UnderWay underWay;

    public DeliverySteps(Delivery.Rules rules, AnswerReader reader, DeliveryListener listener, UnderWay underWay) {
        this.rules = rules;
        this.reader = reader;
        this.listener = listener;
        this.underWay = underWay;
    }

    /** The batch in the body sets out. */
    public Processor begin() {
        return exchange -> {
            Batch batch = exchange.getIn().getBody(Batch.class);
            LaneBuffer buffer = exchange.getProperty(BatchStrategy.BUFFER, LaneBuffer.class);
            Delivery delivery = new Delivery(batch, buffer.lane(), buffer.state(), buffer.parked(), rules, listener);
            exchange.setProperty(DELIVERY, delivery);
            exchange.getExchangeExtension()
                    .addOnCompletion(new End(delivery, buffer, batch.messages().size()));
        };
    }

    /** Waits until messages of the batch that are left may be sent; false where none are left, or the service stops. */
    public Predicate goesOn() {
        return exchange -> {
            try {
                return delivery(exchange).goesOn();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            }
        };
    }

    /** Makes the body of the next request. */
    public Processor nextPart() {
        return exchange -> {
            exchange.getIn().removeHeaders("*");
            exchange.removeProperty(Exchange.EXCEPTION_CAUGHT);
            exchange.getIn().setBody(delivery(exchange).nextBody());
        };
    }

    /** Acts on the answer, or on the exception in its place. */
    public Processor verdict() {
        return exchange -> {
            Exception failure = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Exception.class);
            Message response = exchange.getMessage();
            Integer status = response.getHeader(Exchange.HTTP_RESPONSE_CODE, Integer.class);
            // a body that cannot be unpacked is an exception, but comes with the status
            if (status != null) {
                InputStream body = failure == null ? response.getBody(InputStream.class) : null;
                delivery(exchange).answered(reader.read(status, name -> response.getHeader(name, String.class), body));
            } else {
                LOG.debug("no answer", failure);
                String why = failure.getClass().getSimpleName() + ": " + failure.getMessage();
                delivery(exchange).unanswered(reader.secrets().hide(why));
            }
        };
    }

    private static Delivery delivery(Exchange exchange) {
        return (Delivery) exchange.getProperty(DELIVERY);
    }

    /** Whatever goes wrong in the route, a message that is not settled goes back to the front of its lane. */
    private final class End extends SynchronizationAdapter {
        private final Delivery delivery;
        private final LaneBuffer buffer;
        private final int messages;

        End(Delivery delivery, LaneBuffer buffer, int messages) {
            this.delivery = delivery;
            this.buffer = buffer;
            this.messages = messages;
        }

        @Override
        public void onDone(Exchange exchange) {
            try {
                delivery.end();
                buffer.state().idle();
                giveBackWhatIsLeft(exchange);
            } finally {
                underWay.remove(messages);
            }
        }

        private void giveBackWhatIsLeft(Exchange exchange) {
            List<Pending> left = delivery.unsettled();
            if (left.isEmpty()) {
                return;
            }
            if (exchange.getException() != null) {
                LOG.error(
                        "{} messages of a batch are not settled and are sent again",
                        left.size(),
                        exchange.getException());
            }
            if (rules.stop().has(Stop.Step.LANES)) {
                // given up for good: nothing that comes behind it in its lane may overtake it
                rules.stop().now();
                return;
            }
            try {
                rules.stop().await(rules.backOff().max());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            buffer.giveBack(left);
        }
    }
}

package io.vitallyrelay.delivery.camel;

import io.vitallyrelay.delivery.Batch;
import io.vitallyrelay.delivery.LaneBuffer;
import java.time.Duration;
import org.apache.camel.AggregationStrategy;
import org.apache.camel.Exchange;
import org.apache.camel.Expression;
import org.apache.camel.Predicate;
import org.apache.camel.support.ExpressionAdapter;

/**
 * Gathers a lane's messages into a {@link Batch}, the body of the aggregated exchange. An exchange brings the {@link LaneBuffer},
 * and takes with it what still fits: an exchange for each message would cost more than all that is done to it. Stateless.
 */
public final class BatchStrategy implements AggregationStrategy {
    /** The exchange property with the buffer that a batch is from. */
    static final String BUFFER = "relay.buffer";

    @Override
    public Exchange aggregate(Exchange batched, Exchange next) {
        LaneBuffer buffer = (LaneBuffer) next.getIn().getBody();
        if (batched == null) {
            next.setProperty(BUFFER, buffer);
            next.getIn().setBody(buffer.begin());
            return next;
        }
        buffer.fill((Batch) batched.getIn().getBody());
        return batched;
    }

    /** Completes a batch that has all messages it may have, or no room for the largest one. */
    public static Predicate full() {
        return new Predicate() {
            @Override
            public boolean matches(Exchange exchange) {
                return ((Batch) exchange.getIn().getBody()).isFull();
            }

            @Override
            public String toString() {
                return "full";
            }
        };
    }

    /**
     * For {@code completionTimeoutExpression}, which is asked with the exchange that just came: the window for the first one,
     * whose body became the batch, and 0, which leaves the timer alone, for those after it. Camel's time-out counts from the
     * last exchange; this way it counts from the first.
     */
    public static Expression window(Duration window) {
        return new ExpressionAdapter() {
            @Override
            public Object evaluate(Exchange exchange) {
                return exchange.getIn().getBody() instanceof Batch ? window.toMillis() : 0L;
            }

            @Override
            public String toString() {
                return window + " since the first message";
            }
        };
    }
}

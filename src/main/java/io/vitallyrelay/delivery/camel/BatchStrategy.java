package io.vitallyrelay.delivery.camel;

import io.vitallyrelay.delivery.Batch;
import io.vitallyrelay.spool.PendingMessage;
import java.time.Duration;
import org.apache.camel.AggregationStrategy;
import org.apache.camel.Exchange;
import org.apache.camel.Expression;
import org.apache.camel.Predicate;
import org.apache.camel.support.ExpressionAdapter;

/** Gathers a lane's messages into a {@link Batch}, the body of the aggregated exchange. Stateless. */
public final class BatchStrategy implements AggregationStrategy {
    @Override
    public Exchange aggregate(Exchange batched, Exchange next) {
        PendingMessage message = (PendingMessage) next.getIn().getBody();
        if (batched == null) {
            Batch batch = new Batch();
            batch.add(message);
            next.getIn().setBody(batch);
            return next;
        }
        ((Batch) batched.getIn().getBody()).add(message);
        return batched;
    }

    /** Completes a batch whose room left is smaller than the largest message allowed. */
    public static Predicate full(int batchBytes, int messageBytes) {
        return new Predicate() {
            @Override
            public boolean matches(Exchange exchange) {
                return ((Batch) exchange.getIn().getBody()).isFull(batchBytes, messageBytes);
            }

            @Override
            public String toString() {
                return "no room under " + batchBytes + " bytes";
            }
        };
    }

    /**
     * For {@code completionTimeoutExpression}, which is asked with the exchange that just came: the window for the first
     * message, which became the batch, and 0, which leaves the timer alone, for those after it. Camel's time-out counts from
     * the last message; this way it counts from the first.
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

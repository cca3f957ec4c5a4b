package io.vitallyrelay.source.camel;

import org.apache.camel.AggregationStrategy;
import org.apache.camel.Exchange;

/**
 * For the {@code split} of the source Kamelets: tells the reading when a record failed and no error handler took it, so that
 * the file is broken off there instead of losing the record. Stateless.
 */
public final class RecordOutcome implements AggregationStrategy {
    @Override
    public Exchange aggregate(Exchange before, Exchange record) {
        if (record.getException() != null) {
            Hand.of(record).failed(record.getException());
        }
        return before == null ? record : before;
    }
}

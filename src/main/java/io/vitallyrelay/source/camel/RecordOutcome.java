package io.vitallyrelay.source.camel;

import org.apache.camel.AggregationStrategy;
import org.apache.camel.Exchange;

/**
 * For the {@code split} of the source Kamelets: tells the reading when a record failed and no error handler took it, so that
 * the file is broken off there instead of losing the record. Stateless.
 */
public final class RecordOutcome implements AggregationStrategy {
    @Override
    public Exchange aggregate(Exchange before, Exchange record, Exchange input) {
        if (record.getException() != null) {
            ExchangeRecord.of(record).failed(record.getException());
        }
        // not the record: where an error handler took it, the steps behind the split would be left out
        return input;
    }

    @Override
    public Exchange aggregate(Exchange before, Exchange record) {
        throw new UnsupportedOperationException("a split gives its input too");
    }
}

package io.vitallyrelay.sink.camel;

import io.vitallyrelay.source.Problem;
import io.vitallyrelay.source.RecordInHand;
import io.vitallyrelay.source.SingleRecord;
import io.vitallyrelay.source.SourceFailure;
import io.vitallyrelay.source.camel.ExchangeRecord;
import io.vitallyrelay.spool.DeadLetterCode;
import io.vitallyrelay.spool.Spool;
import io.vitallyrelay.spool.SpoolClosedException;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/**
 * Puts the record whose mapping or check failed among the dead letters, with the reason. All that it became so far is thrown
 * away: a record is taken as a whole. A failure that is not the record's (a file cannot be opened, the spool closes) is
 * passed on.
 */
public final class DeadLetterStep implements Processor {
    private final Spool spool;

    public DeadLetterStep(Spool spool) {
        this.spool = spool;
    }

    @Override
    public void process(Exchange exchange) throws Exception {
        Exception failure = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Exception.class);
        Throwable cause = root(failure);
        if (failure instanceof SourceFailure
                || cause instanceof SpoolClosedException
                || cause instanceof InterruptedException) {
            throw failure;
        }
        RecordInHand hand = ExchangeRecord.of(exchange);
        if (hand != null) {
            hand.bury(problem(cause));
        } else {
            RecordInHand single =
                    new SingleRecord(spool, ExchangeRecord.origin(exchange), ExchangeRecord.bytes(exchange));
            single.bury(problem(cause));
            single.done();
        }
    }

    private static Throwable root(Throwable failure) {
        Throwable cause = failure;
        while (cause.getCause() != null && cause.getCause() != cause) {
            cause = cause.getCause();
        }
        return cause;
    }

    private static Problem problem(Throwable cause) {
        return cause instanceof Error error
                ? new Problem(DeadLetterCode.MAPPING, StepErrors.reason(error))
                : Problem.of(cause);
    }
}

package io.vitallyrelay.sink.camel;

import org.apache.camel.AsyncCallback;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.NamedNode;
import org.apache.camel.Processor;
import org.apache.camel.spi.InterceptStrategy;
import org.apache.camel.support.processor.DelegateAsyncProcessor;

/**
 * Makes an {@link Error} in a step of a route a failure of the record in it. Camel catches exceptions only: an error, such as
 * the stack overflow of a mapping that nests too deep, would end the thread that reads the source, for good. Stateless.
 */
public final class StepErrors implements InterceptStrategy {
    @Override
    public Processor wrapProcessorInInterceptors(
            CamelContext context, NamedNode step, Processor target, Processor nextTarget) {
        return new Guarded(target);
    }

    /** What is said of a record on which a step fails so. */
    static String reason(Error error) {
        if (error instanceof StackOverflowError) {
            return "a step of the route nests too deep for this record";
        }
        if (error instanceof OutOfMemoryError) {
            return "a step of the route needs more memory for this record than there is: " + error.getMessage();
        }
        return "a step of the route cannot take this record: " + error;
    }

    private static final class Guarded extends DelegateAsyncProcessor {
        Guarded(Processor step) {
            super(step);
        }

        @Override
        public boolean process(Exchange exchange, AsyncCallback callback) {
            boolean done;
            try {
                // told only below: Camel tells that a plain processor is done before it passes on its error
                done = super.process(exchange, sync -> {
                    if (!sync) {
                        callback.done(false);
                    }
                });
            } catch (Error e) {
                exchange.setException(e);
                done = true;
            }
            if (done) {
                callback.done(true);
            }
            return done;
        }
    }
}

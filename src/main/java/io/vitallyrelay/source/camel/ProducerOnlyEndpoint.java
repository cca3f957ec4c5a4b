package io.vitallyrelay.source.camel;

import org.apache.camel.Component;
import org.apache.camel.Consumer;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.support.DefaultEndpoint;
import org.apache.camel.support.DefaultProducer;

/** An endpoint that is one step of a route: {@code to:} it, and its processor is run. */
public final class ProducerOnlyEndpoint extends DefaultEndpoint {
    private final Processor step;

    public ProducerOnlyEndpoint(String uri, Component component, Processor step) {
        super(uri, component);
        this.step = step;
    }

    @Override
    public Producer createProducer() {
        return new StepProducer(this, step);
    }

    @Override
    public Consumer createConsumer(Processor processor) {
        throw new UnsupportedOperationException(getEndpointBaseUri() + " cannot stand in 'from'");
    }

    private static final class StepProducer extends DefaultProducer {
        private final Processor step;

        StepProducer(Endpoint endpoint, Processor step) {
            super(endpoint);
            this.step = step;
        }

        @Override
        public void process(Exchange exchange) throws Exception {
            step.process(exchange);
        }
    }
}

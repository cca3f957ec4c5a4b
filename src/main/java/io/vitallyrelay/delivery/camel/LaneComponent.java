package io.vitallyrelay.delivery.camel;

import io.vitallyrelay.delivery.Batch;
import io.vitallyrelay.delivery.Gate;
import io.vitallyrelay.delivery.LaneBuffer;
import io.vitallyrelay.delivery.LaneFailures;
import io.vitallyrelay.delivery.Stop;
import io.vitallyrelay.delivery.UnderWay;
import io.vitallyrelay.spool.Lanes;
import java.util.Map;
import org.apache.camel.Consumer;
import org.apache.camel.Endpoint;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.support.DefaultComponent;
import org.apache.camel.support.DefaultEndpoint;

/** {@code lane:<number>}: gives the pending messages of one lane of the spool, in order: as many in an exchange as there are. */
public final class LaneComponent extends DefaultComponent {
    private final Lanes lanes;
    private final Stop stop;
    private final Batch.Limits limits;
    private final UnderWay underWay;
    private final LaneFailures failures;
    private final Gate gate;

    /** @param failures is told of a lane that stands still */
    public LaneComponent(
            Lanes lanes, Stop stop, Batch.Limits limits, UnderWay underWay, LaneFailures failures, Gate gate) {
        this.lanes = lanes;
        this.stop = stop;
        this.limits = limits;
        this.underWay = underWay;
        this.failures = failures;
        this.gate = gate;
    }

    @Override
    protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters) {
        return new LaneEndpoint(uri, Integer.parseInt(remaining));
    }

    private final class LaneEndpoint extends DefaultEndpoint {
        private final int lane;

        LaneEndpoint(String uri, int lane) {
            super(uri, LaneComponent.this);
            this.lane = lane;
        }

        @Override
        public Consumer createConsumer(Processor processor) throws Exception {
            LaneConsumer consumer = new LaneConsumer(
                    this,
                    processor,
                    lane,
                    new LaneBuffer(lanes.open(lane), limits, underWay, gate),
                    stop,
                    underWay,
                    failures);
            configureConsumer(consumer);
            return consumer;
        }

        @Override
        public Producer createProducer() {
            throw new UnsupportedOperationException(
                    "a lane is only read; to put a message in, use kamelet:vitally-sink");
        }

        @Override
        public boolean isSingleton() {
            return true;
        }
    }
}

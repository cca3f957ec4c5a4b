package io.vitallyrelay.delivery.camel;

import io.vitallyrelay.delivery.Batch;
import io.vitallyrelay.delivery.Gate;
import io.vitallyrelay.delivery.LaneBuffer;
import io.vitallyrelay.delivery.LaneState;
import io.vitallyrelay.delivery.LaneStates;
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
    private final LaneStates states;
    private final Gate gate;

    /** @param states are told what each lane does */
    public LaneComponent(Lanes lanes, Stop stop, Batch.Limits limits, UnderWay underWay, LaneStates states, Gate gate) {
        this.lanes = lanes;
        this.stop = stop;
        this.limits = limits;
        this.underWay = underWay;
        this.states = states;
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
            LaneState state = states.of(lane);
            LaneConsumer consumer = new LaneConsumer(
                    this, processor, new LaneBuffer(lanes.open(lane), state, limits, underWay, gate), stop, underWay);
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

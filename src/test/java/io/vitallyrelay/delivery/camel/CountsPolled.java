package io.vitallyrelay.delivery.camel;

import io.vitallyrelay.spool.Lane;
import io.vitallyrelay.spool.LaneCounts;
import io.vitallyrelay.spool.Lanes;
import io.vitallyrelay.spool.Pending;
import io.vitallyrelay.spool.Settled;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** The lanes of a spool, with the number of messages that were polled from all of them. */
final class CountsPolled implements Lanes {
    private final Lanes lanes;
    private final AtomicInteger polled = new AtomicInteger();

    CountsPolled(Lanes lanes) {
        this.lanes = lanes;
    }

    int polled() {
        return polled.get();
    }

    @Override
    public Lane open(int number) {
        Lane lane = lanes.open(number);
        return new Lane() {
            @Override
            public List<Pending> poll(int max, Duration wait) throws InterruptedException {
                List<Pending> messages = lane.poll(max, wait);
                polled.addAndGet(messages.size());
                return messages;
            }

            @Override
            public void settle(List<Settled> settled) throws InterruptedException {
                lane.settle(settled);
            }
        };
    }

    @Override
    public List<LaneCounts> counts() {
        return lanes.counts();
    }
}

package io.vitallyrelay.spool.local;

import io.vitallyrelay.spool.Lane;
import io.vitallyrelay.spool.LaneCounts;
import io.vitallyrelay.spool.Lanes;
import io.vitallyrelay.spool.Pending;
import io.vitallyrelay.spool.Settled;
import io.vitallyrelay.spool.SpoolException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The lanes of {@link Window}. Thread-safe. */
record LocalLanes(Window window, Staging staging) implements Lanes {
    @Override
    public Lane open(int number) {
        Opened lane = new Opened(number);
        window.open(number, lane);
        return lane;
    }

    @Override
    public List<LaneCounts> counts() {
        return staging.lanes();
    }

    private final class Opened implements Lane {
        private final int number;

        Opened(int number) {
            this.number = number;
        }

        @Override
        public List<Pending> poll(int max, Duration wait) throws InterruptedException {
            try {
                return pending(window.poll(number, this, max, wait));
            } catch (SpoolException e) {
                staging.failed(e.getMessage());
                throw e;
            }
        }

        private List<Pending> pending(List<Dealt> polled) {
            List<Pending> pending = new ArrayList<>(polled.size());
            long unit = -1;
            String integration = null;
            for (Dealt message : polled) {
                if (message.unit != unit) {
                    unit = message.unit;
                    integration = staging.integration(unit);
                }
                pending.add(message.pending(integration));
            }
            return pending;
        }

        @Override
        public void settle(List<Settled> settled) throws InterruptedException {
            staging.settle(window.settling(number, this, settled));
        }
    }
}

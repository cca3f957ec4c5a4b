package io.vitallyrelay.delivery;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.function.DoubleUnaryOperator;

/** Lanes that always have something to send, their gate, and an endpoint that limits the rate, in simulated time. */
final class SimulatedEndpoint {
    private static final long SECOND = 1_000_000_000L;

    /** What counts the requests of the endpoint; told the time in seconds, says whether one more is allowed. */
    interface Limit {
        boolean allows(double second, double rate);
    }

    /** At most so many in each second of the endpoint's clock. */
    static final class PerSecond implements Limit {
        private long window = -1;
        private int count;

        @Override
        public boolean allows(double second, double rate) {
            if ((long) second != window) {
                window = (long) second;
                count = 0;
            }
            return ++count <= rate;
        }
    }

    /** A token bucket that holds as many as come in a number of seconds. */
    static final class TokenBucket implements Limit {
        private final double seconds;
        private double tokens = -1;
        private double filledAt;

        TokenBucket(double seconds) {
            this.seconds = seconds;
        }

        @Override
        public boolean allows(double second, double rate) {
            double most = Math.max(1, rate * seconds);
            tokens = tokens < 0 ? most : Math.min(most, tokens + (second - filledAt) * rate);
            filledAt = second;
            if (tokens < 1) {
                return false;
            }
            tokens--;
            return true;
        }
    }

    private record Event(long at, int lane, boolean sent, boolean allowed, long order) {}

    private final int lanes;
    private final Limit limit;
    private final DoubleUnaryOperator rateAt;
    private final Duration asked;
    private final Random random = new Random(5);
    private final PriorityQueue<Event> events =
            new PriorityQueue<>((a, b) -> a.at != b.at ? Long.compare(a.at, b.at) : Long.compare(a.order, b.order));
    private final Gate gate;
    private final Object[] senders;
    private final boolean[] waiting;
    private long now;
    private long order;
    final int[] passed = new int[3600];
    final int[] refused = new int[3600];

    /**
     * @param rateAt requests a second that are allowed, by the second
     * @param asked what {@code Retry-After} says
     */
    SimulatedEndpoint(int lanes, int fixedRate, Limit limit, DoubleUnaryOperator rateAt, Duration asked) {
        this.lanes = lanes;
        this.limit = limit;
        this.rateAt = rateAt;
        this.asked = asked;
        this.senders = new Object[lanes];
        this.waiting = new boolean[lanes];
        this.gate = new Gate(
                new Gate.Options(
                        lanes,
                        fixedRate,
                        Duration.ofMinutes(1),
                        () -> Instant.EPOCH.plusNanos(now),
                        () -> now,
                        new Random(9)),
                new Stop());
        for (int i = 0; i < lanes; i++) {
            senders[i] = "lane " + i;
        }
    }

    /** Runs until so many requests passed. @return the seconds it took */
    double run(int requests) {
        for (int lane = 0; lane < lanes; lane++) {
            schedule(0, lane, false, false);
        }
        int done = 0;
        while (done < requests) {
            Event event = events.poll();
            now = event.at;
            if (!event.sent) {
                if (waiting[event.lane]) {
                    waiting[event.lane] = false;
                    turn(event.lane);
                }
                continue;
            }
            if (event.allowed) {
                done++;
                gate.delivered(senders[event.lane]);
            } else {
                gate.refused(senders[event.lane], asked);
            }
            for (int lane = 0; lane < lanes; lane++) {
                if (waiting[lane]) {
                    turn(lane);
                }
            }
            turn(event.lane);
        }
        return (double) now / SECOND;
    }

    private void turn(int lane) {
        long wait = gate.tryEnter(senders[lane]);
        waiting[lane] = wait > 0;
        if (wait > 0) {
            if (wait != Gate.UNTIL_TOLD) {
                schedule(now + wait + random.nextLong(300_000), lane, false, false);
            }
            return;
        }
        long there = now + 100_000_000L + random.nextLong(4_000_000L);
        double second = (double) there / SECOND;
        boolean allowed = limit.allows(second, rateAt.applyAsDouble(second));
        (allowed ? passed : refused)[(int) second]++;
        schedule(there + 100_000_000L, lane, true, allowed);
    }

    private void schedule(long at, int lane, boolean sent, boolean allowed) {
        if (!sent) {
            waiting[lane] = true;
        }
        events.add(new Event(at, lane, sent, allowed, order++));
    }

    /** Requests that passed in these seconds. */
    int passed(int from, int to) {
        return Arrays.stream(passed, from, to).sum();
    }

    /** Requests that were refused in these seconds. */
    int refused(int from, int to) {
        return Arrays.stream(refused, from, to).sum();
    }

    int refusedInAll() {
        return refused(0, refused.length);
    }
}

package io.vitallyrelay.delivery;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;

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

    /** What the endpoint answers. */
    private enum Said {
        TAKEN,
        REFUSED,
        UNAVAILABLE
    }

    private record Event(long at, int lane, boolean sent, Said said, long order) {}

    private final int lanes;
    private final Limit limit;
    private final DoubleUnaryOperator rateAt;
    private final Duration asked;
    private final double randomShare;
    private final Random random;
    private final BackOff backOff;
    private final int[] failures;
    private final PriorityQueue<Event> events =
            new PriorityQueue<>((a, b) -> a.at != b.at ? Long.compare(a.at, b.at) : Long.compare(a.order, b.order));
    private final Gate gate;
    private final Object[] senders;
    private final boolean[] waiting;
    private long now;
    private long order;
    private double outageFrom = Double.MAX_VALUE;
    private double outageTo;
    private boolean outageRefuses;
    final int[] passed = new int[3600];
    final int[] refused = new int[3600];

    /**
     * @param rateAt requests a second that are allowed, by the second
     * @param asked what {@code Retry-After} says
     */
    SimulatedEndpoint(int lanes, int fixedRate, Limit limit, DoubleUnaryOperator rateAt, Duration asked) {
        this(lanes, fixedRate, limit, rateAt, asked, 0, 5);
    }

    /**
     * @param asked null: nothing is asked for
     * @param randomShare of the requests are refused whatever the limit, from 0 to 1
     */
    SimulatedEndpoint(
            int lanes,
            int fixedRate,
            Limit limit,
            DoubleUnaryOperator rateAt,
            Duration asked,
            double randomShare,
            long seed) {
        this.randomShare = randomShare;
        this.random = new Random(seed);
        this.backOff = new BackOff(Duration.ofMillis(500), Duration.ofMinutes(1), new Random(seed + 1));
        this.failures = new int[lanes];
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

    /** Between these seconds everything is refused, or answered with 503. */
    SimulatedEndpoint withOutage(double from, double to, boolean refuses) {
        outageFrom = from;
        outageTo = to;
        outageRefuses = refuses;
        return this;
    }

    /** Runs until so many requests passed. @return the seconds it took */
    double run(int requests) {
        return run(requests, Long.MAX_VALUE);
    }

    void runSeconds(int seconds) {
        run(Integer.MAX_VALUE, seconds * SECOND);
    }

    private double run(int requests, long until) {
        for (int lane = 0; lane < lanes; lane++) {
            schedule(0, lane, false, null);
        }
        int done = 0;
        while (done < requests) {
            if (events.peek().at > until) {
                break;
            }
            Event event = events.poll();
            now = event.at;
            if (!event.sent) {
                if (waiting[event.lane]) {
                    waiting[event.lane] = false;
                    turn(event.lane);
                }
                continue;
            }
            answered(event);
            done += event.said == Said.TAKEN ? 1 : 0;
            for (int lane = 0; lane < lanes; lane++) {
                if (waiting[lane]) {
                    turn(lane);
                }
            }
            turn(event.lane);
        }
        return (double) now / SECOND;
    }

    private void answered(Event event) {
        Object sender = senders[event.lane];
        failures[event.lane] = event.said == Said.TAKEN ? 0 : failures[event.lane] + 1;
        switch (event.said) {
            case TAKEN -> gate.delivered(sender);
            case REFUSED ->
                gate.refused(sender, asked == null ? backOff.before(failures[event.lane]) : Duration.ZERO, asked);
            case UNAVAILABLE -> gate.failed(sender, "503", backOff.before(failures[event.lane]), null);
        }
    }

    private Said says(double second) {
        if (second >= outageFrom && second < outageTo) {
            return outageRefuses ? Said.REFUSED : Said.UNAVAILABLE;
        }
        boolean byChance = random.nextDouble() < randomShare;
        return !byChance && limit.allows(second, rateAt.applyAsDouble(second)) ? Said.TAKEN : Said.REFUSED;
    }

    private void turn(int lane) {
        long wait = gate.tryEnter(senders[lane]);
        waiting[lane] = wait > 0;
        if (wait > 0) {
            if (wait != Gate.UNTIL_TOLD) {
                schedule(now + wait + random.nextLong(300_000), lane, false, null);
            }
            return;
        }
        long there = now + 100_000_000L + random.nextLong(4_000_000L);
        double second = (double) there / SECOND;
        Said said = says(second);
        if (said != Said.UNAVAILABLE) {
            (said == Said.TAKEN ? passed : refused)[(int) second]++;
        }
        schedule(there + 100_000_000L, lane, true, said);
    }

    private void schedule(long at, int lane, boolean sent, Said said) {
        if (!sent) {
            waiting[lane] = true;
        }
        events.add(new Event(at, lane, sent, said, order++));
    }

    /** Requests that passed in these seconds. */
    int passed(int from, int to) {
        return Arrays.stream(passed, from, to).sum();
    }

    /** Requests that were refused in these seconds. */
    int refused(int from, int to) {
        return Arrays.stream(refused, from, to).sum();
    }

    /** Of the requests in these seconds, from 0 to 1. */
    double refusedShare(int from, int to) {
        return (double) refused(from, to) / (refused(from, to) + passed(from, to));
    }

    /** Requests in the second of these in which most came. */
    int mostInASecond(int from, int to) {
        return IntStream.range(from, to)
                .map(second -> passed[second] + refused[second])
                .max()
                .orElseThrow();
    }

    int refusedInAll() {
        return refused(0, refused.length);
    }
}

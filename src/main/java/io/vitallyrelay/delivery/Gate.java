package io.vitallyrelay.delivery;

import io.vitallyrelay.message.LogText;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one gate through which the requests of all lanes pass. It is closed while there is a hold and during a pause that the
 * endpoint asked for, lets one at a time through when failures pile up, and paces the others. Whoever enters says afterwards,
 * by one of the methods with {@code who}, what became of the request. Thread-safe; who waits holds no lock and stops waiting
 * when the service stops. An operator's holds survive a restart; that of the endpoint finds itself again: the first request then
 * is the probe.
 */
public final class Gate {
    /** A wait that no time ends. */
    static final long UNTIL_TOLD = Long.MAX_VALUE;

    /** Where nothing gets through, nobody waits longer than 4 s before the next try. */
    static final long LONGEST_PROBE = 4_000_000_000L;

    private static final Logger LOG = LoggerFactory.getLogger(Gate.class);

    /**
     * @param lanes requests at once, at most
     * @param rate requests a second, at most; 0: as many as the endpoint allows
     * @param probe a request is tried in this interval during a hold by the endpoint
     * @param ticker nanoseconds, as {@link System#nanoTime}
     */
    public record Options(
            int lanes, int rate, Duration probe, InstantSource clock, LongSupplier ticker, RandomGenerator random) {}

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Map<Object, Long> inside = new IdentityHashMap<>();
    private final Map<Object, Long> backingOff = new IdentityHashMap<>();
    private final Options options;
    private final Stop stop;
    private final Holds holds;
    private final HoldFile file;
    /** Orders of operators come one after the other, on disk first, and let no lane wait for that. */
    private final Object orders = new Object();

    private final IntegrationHolds integrationHolds;
    private final Breaker breaker = new Breaker();
    private final Pause pause;
    private final LearnedRate rate;
    private final Concurrency concurrency;
    private String lastFailure;

    /** One that holds no integration. */
    public Gate(Options options, Stop stop) {
        this(options, stop, IntegrationHolds.none(), HoldFile.none());
    }

    /**
     * @param integrationHolds what it holds is told and released here too; the gate stays open for the others
     * @param file has the operator's hold from before, and keeps those to come
     */
    public Gate(Options options, Stop stop, IntegrationHolds integrationHolds, HoldFile file) {
        this.file = file;
        this.options = options;
        this.integrationHolds = integrationHolds;
        this.stop = stop;
        long now = options.ticker().getAsLong();
        holds = new Holds(options.probe().toNanos());
        pause = new Pause(options.lanes(), options.random(), now);
        rate = new LearnedRate(options.rate(), now);
        concurrency = new Concurrency(options.lanes());
        stop.tell(() -> locked(() -> {}));
        file.all().stream().filter(hold -> hold.integration() == null).forEach(hold -> {
            holds.byOperator(hold);
            LOG.warn("all lanes wait, since {}: {}", hold.since(), LogText.of(hold.told()));
        });
    }

    /**
     * Waits until this one may send.
     *
     * @return false when the service stops before that, or stops during a hold
     */
    boolean enter(Object who) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (!isClosedForGood()) {
                long wait = tryEnter(who);
                if (wait == 0) {
                    return true;
                }
                long unused = changed.awaitNanos(wait);
            }
            return false;
        } finally {
            lock.unlock();
        }
    }

    /** A hold does not end by itself while the service stops, so it is not waited for. */
    private boolean isClosedForGood() {
        return stop.isNow() || (stop.has(Stop.Step.LANES) && holds.isAny());
    }

    /** Enters where that is possible now. @return 0, or the nanoseconds to wait before the next try unless told */
    long tryEnter(Object who) {
        lock.lock();
        try {
            if (inside.containsKey(who)) {
                // asked again before anything was sent: Camel's loop does so when a step of it failed
                return 0;
            }
            long now = options.ticker().getAsLong();
            long wait = holds.closes() ? holds.waitOf(who, now) : waitOf(who, now);
            if (wait == 0) {
                backingOff.remove(who);
                inside.put(who, now);
                holds.entered(who, now);
                breaker.entered(who);
                pause.entered(now);
                rate.entered(now);
            }
            return wait;
        } finally {
            lock.unlock();
        }
    }

    private long waitOf(Object who, long now) {
        if (!breaker.admits() || inside.size() >= concurrency.most()) {
            return UNTIL_TOLD;
        }
        long notBefore = backingOff.getOrDefault(who, now);
        long wait = Math.max(notBefore - now, pause.waitOf(now));
        return wait > 0 ? wait : rate.waitOf(now);
    }

    /** The endpoint took the request. */
    void delivered(Object who) {
        locked(() -> {
            Long enteredAt = inside.get(who);
            if (enteredAt != null) {
                concurrency.delivered(enteredAt, options.ticker().getAsLong() - enteredAt, inside.size());
            }
            answeredInside(who);
        });
    }

    /** The endpoint answered, and what it says concerns this request only. */
    void answered(Object who) {
        locked(() -> answeredInside(who));
    }

    private void answeredInside(Object who) {
        Long enteredAt = inside.remove(who);
        breaker.left(who);
        boolean unblocked = enteredAt != null && rate.isBlocked();
        if (enteredAt != null) {
            rate.passed(enteredAt);
        }
        boolean released = holds.passed(who);
        if (released) {
            LOG.info("the lanes go on: the endpoint takes requests again");
        }
        boolean closed = breaker.answered();
        if (closed) {
            LOG.info("requests are answered again");
        }
        if (closed || released || unblocked) {
            goOn();
        }
    }

    /**
     * The endpoint refuses more requests for now. All lanes pause for {@code asked}, where it asks for that; else this one waits
     * for {@code backOff}, and the others as long as the rate says.
     */
    void refused(Object who, Duration backOff, Duration asked) {
        locked(() -> {
            Long enteredAt = inside.remove(who);
            breaker.left(who);
            long now = options.ticker().getAsLong();
            long resumeAt = asked == null ? now : now + asked.toNanos();
            if (enteredAt != null) {
                rate.refused(enteredAt, now, resumeAt);
            }
            holds.failed(who, asked == null ? now + backOff.toNanos() : resumeAt);
            if (asked != null) {
                pause.until(resumeAt);
            } else {
                backOff(who, now, backOff, rate.isBlocked());
            }
            breaker.answered();
        });
    }

    /** Where nothing gets through, the few that are tried say when it is over: one comes at least every few seconds. */
    private void backOff(Object who, long now, Duration backOff, boolean nothingPasses) {
        long wait = nothingPasses ? Math.min(LONGEST_PROBE, backOff.toNanos()) : backOff.toNanos();
        backingOff.put(who, now + wait);
    }

    /** There was no useful answer. This one waits for {@code backOff}; all do for {@code asked}, where the endpoint asks for it. */
    void failed(Object who, String why, Duration backOff, Duration asked) {
        locked(() -> {
            leave(who);
            long now = options.ticker().getAsLong();
            boolean opens = breaker.failed();
            backOff(who, now, backOff, breaker.isOpen());
            lastFailure = why;
            holds.failed(who, now + (asked == null ? backOff : asked).toNanos());
            if (asked != null) {
                pause.until(now + asked.toNanos());
            }
            if (opens) {
                LOG.warn(
                        "{} requests in a row failed, the last one so: {}. One at a time is tried.",
                        Breaker.FAILURES,
                        why);
            }
        });
    }

    /** The endpoint refuses everything until somebody mends something. */
    void held(Object who, String reason) {
        locked(() -> {
            leave(who);
            breaker.answered();
            if (holds.byEndpoint(
                    who, reason, options.clock().instant(), options.ticker().getAsLong())) {
                LOG.warn("all lanes wait: {}. One request is tried every {}.", reason, options.probe());
            }
        });
    }

    /** This one sends no more, whether it is inside or not. */
    void gone(Object who) {
        locked(() -> {
            leave(who);
            backingOff.remove(who);
            holds.gone(who);
        });
    }

    private void leave(Object who) {
        breaker.left(who);
        Long enteredAt = inside.remove(who);
        if (enteredAt != null) {
            rate.lost(enteredAt);
        }
    }

    /** Nobody waits any longer for what is over; all go on one after the other. */
    private void goOn() {
        long now = options.ticker().getAsLong();
        backingOff.clear();
        pause.until(now);
    }

    /**
     * Lets all lanes wait until {@link #release}, or the messages of one integration. Requests on their way are finished. Where an
     * operator holds them already, that hold stays. Returns when it is on disk, or cannot be: see {@link #problem}.
     *
     * @param integration null for all lanes
     * @param by who asks, as they say; may be null
     */
    public void hold(String integration, String reason, String by) {
        Hold hold = new Hold(
                integration, Hold.Cause.OPERATOR, reason, options.clock().instant(), by);
        synchronized (orders) {
            if (integration != null) {
                integrationHolds.hold(hold);
                return;
            }
            if (file.all().stream().noneMatch(each -> each.integration() == null)) {
                file.add(hold);
            }
            locked(() -> holds.byOperator(hold));
            LOG.info("all lanes wait: {}", LogText.of(hold.told()));
        }
    }

    /**
     * Ends holds, whoever set them; what is still wrong sets them anew. Returns when that is on disk, or cannot be.
     *
     * @param integration only those of this one; null for those of all lanes and of each integration
     * @param by who asks, as they say; may be null
     * @param probe whether one request is to pass before the others go on; of an integration, one message to be taken
     */
    public void release(String integration, String by, boolean probe) {
        synchronized (orders) {
            integrationHolds.release(integration, probe);
            if (integration == null) {
                file.removeIf(hold -> hold.integration() == null);
                locked(() -> {
                    holds.release(probe, options.ticker().getAsLong());
                    goOn();
                });
            }
        }
        LOG.info(
                "{} released by {}{}",
                integration == null ? "all lanes are" : "integration " + LogText.of(integration) + " is",
                by == null ? "an operator" : LogText.of(by),
                probe ? ": one request is tried before the others go on" : "");
    }

    /** Why what is kept of the holds for a restart is not what is held; null where it is. */
    public String problem() {
        return file.problem();
    }

    /** Whether no lane sends anything. */
    public boolean isHeld() {
        lock.lock();
        try {
            return holds.isAny();
        } finally {
            lock.unlock();
        }
    }

    /** Integrations that wait while the others go on. */
    public int integrationsHeld() {
        return integrationHolds.count();
    }

    IntegrationHolds integrationHolds() {
        return integrationHolds;
    }

    /** Why the lanes, or integrations, wait for an operator; empty where they do not. */
    public List<Hold> holds() {
        lock.lock();
        try {
            List<Hold> all = new ArrayList<>(holds.all());
            all.addAll(integrationHolds.all());
            return all;
        } finally {
            lock.unlock();
        }
    }

    /** Whether requests pass, and how many. */
    public GateStatus status() {
        lock.lock();
        try {
            long now = options.ticker().getAsLong();
            double perSecond = rate.rate();
            long pauses = pause.waitOf(now);
            boolean paused = pauses > Pause.GAP;
            Instant until = paused && !holds.isAny() ? options.clock().instant().plusNanos(pauses) : null;
            return new GateStatus(
                    state(paused),
                    until,
                    reason(paused),
                    concurrency.most(),
                    Double.isInfinite(perSecond) ? null : perSecond);
        } finally {
            lock.unlock();
        }
    }

    private GateStatus.State state(boolean paused) {
        if (holds.isAny()) {
            return GateStatus.State.HELD;
        }
        if (holds.isReleased()) {
            return GateStatus.State.PROBING;
        }
        if (breaker.isOpen()) {
            return GateStatus.State.FAILING;
        }
        return paused || rate.isBlocked() ? GateStatus.State.PAUSED : GateStatus.State.OPEN;
    }

    private String reason(boolean paused) {
        return switch (state(paused)) {
            case OPEN -> null;
            case HELD -> holds.all().get(0).told();
            case PROBING -> "released: one request is tried before the others go on";
            case FAILING -> lastFailure;
            case PAUSED -> paused ? "the endpoint asks for a pause" : "the endpoint refuses all requests (429)";
        };
    }

    private void locked(Runnable action) {
        lock.lock();
        try {
            action.run();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }
}

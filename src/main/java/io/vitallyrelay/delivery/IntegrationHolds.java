package io.vitallyrelay.delivery;

import io.vitallyrelay.message.LogText;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The integrations that wait while the others go on: one that an operator holds, and one whose messages are refused nearly without
 * exception, as a wrong workspace or a wrong mapping brings it about; what is refused then are no bad messages. A hold of either
 * kind survives a restart. An operator's ends by {@link #release} only, the other also when one of its messages that is tried is
 * taken. After a release one message is tried before the others go on. One for all lanes; thread-safe.
 */
public final class IntegrationHolds {
    private static final Logger LOG = LoggerFactory.getLogger(IntegrationHolds.class);

    /**
     * @param inARow so many refused messages in a row hold; 0: nothing does
     * @param percent a larger share of the last {@value Refusals#LAST} holds
     * @param probe one message is tried in this interval
     * @param ticker nanoseconds, as {@link System#nanoTime}
     */
    public record Options(int inARow, int percent, Duration probe, InstantSource clock, LongSupplier ticker) {}

    private final Options options;
    private final HoldFile file;
    /** Of those integrations only that had a refusal lately: where all is well, nothing is counted. */
    private final Map<String, Refusals> refusals = new TreeMap<>();

    private final Map<String, HeldIntegration> held = new TreeMap<>();
    private volatile boolean counting;
    private volatile boolean holding;

    /** @param file has the holds from before, and keeps those to come */
    public IntegrationHolds(Options options, HoldFile file) {
        this.options = options;
        this.file = file;
        for (Hold hold : file.all()) {
            if (hold.integration() != null) {
                HeldIntegration one = held(hold.integration());
                if (hold.cause() == Hold.Cause.OPERATOR) {
                    one.byOperator(hold);
                } else {
                    one.byRefusals(hold, now());
                }
                LOG.warn("{}, since {}", LogText.of(hold.told()), hold.since());
            }
        }
        changed();
    }

    /** None is held, unless an operator does so; forgotten at a restart. */
    static IntegrationHolds none() {
        return new IntegrationHolds(
                new Options(0, 100, Duration.ofDays(1), InstantSource.system(), System::nanoTime), HoldFile.none());
    }

    /** An operator holds it; where one does already, that hold stays. */
    synchronized void hold(Hold hold) {
        HeldIntegration one = held(hold.integration());
        if (!one.isByOperator()) {
            file.add(hold);
            one.byOperator(hold);
            LOG.info("{}", LogText.of(hold.told()));
        }
        changed();
    }

    private HeldIntegration held(String integration) {
        return held.computeIfAbsent(integration, name -> new HeldIntegration());
    }

    /** A message was refused for its content, and is a dead letter. */
    synchronized void refused(String integration, int status) {
        if (options.inARow() == 0) {
            return;
        }
        Refusals of = refusals.computeIfAbsent(integration, name -> new Refusals());
        of.refused();
        String tooMany = of.tooMany(options.inARow(), options.percent());
        if (tooMany != null && !held(integration).isByRefusals()) {
            Hold hold = refusedHold(integration, tooMany + ", the last one with status " + status);
            file.add(hold);
            held(integration).byRefusals(hold, now() + options.probe().toNanos());
            LOG.warn(
                    "{}. These are dead letters; its others stay pending, and one is tried every {}. Mend what is wrong, then"
                            + " POST /api/lanes/release?integration={}, and replay the dead letters.",
                    hold.told(),
                    options.probe(),
                    integration);
        }
        changed();
    }

    private Hold refusedHold(String integration, String why) {
        return new Hold(integration, Hold.Cause.REFUSED, why, options.clock().instant(), null);
    }

    /** A message of an integration that waits was refused all the same; it stays pending. */
    synchronized void stillRefused(String integration, int status) {
        HeldIntegration one = held.get(integration);
        if (one == null || !one.isReleased()) {
            return;
        }
        one.back(
                refusedHold(
                        integration, "the message that was tried after the release was refused with status " + status),
                now() + options.probe().toNanos());
        Hold hold = one.told().get(0);
        file.add(hold);
        changed();
        LOG.warn("{}: a message that was tried after the release was refused with status {}", hold.told(), status);
    }

    /** Whether {@link #taken} is worth a call. */
    boolean isCounting() {
        return counting;
    }

    /** A message was taken. */
    synchronized void taken(String integration) {
        Refusals of = refusals.get(integration);
        if (of != null) {
            of.taken();
            if (of.areOver()) {
                refusals.remove(integration);
            }
        }
        HeldIntegration one = held.get(integration);
        if (one != null && one.isProbed()) {
            end(integration);
            LOG.info("integration {} goes on: a message that was tried is taken", integration);
        }
        changed();
    }

    private void end(String integration) {
        file.removeIf(hold -> integration.equals(hold.integration()));
        held.remove(integration);
        refusals.remove(integration);
    }

    private void changed() {
        held.values().removeIf(one -> one.told().isEmpty() && !one.isReleased());
        counting = !refusals.isEmpty() || !held.isEmpty();
        holding = !held.isEmpty();
    }

    /** Whether messages of any have to wait. */
    boolean isAny() {
        return holding;
    }

    /** Whether its messages have to wait. */
    synchronized boolean isHeld(String integration) {
        return held.containsKey(integration);
    }

    /** Whether a message of it, which has to wait, may be tried now. */
    synchronized boolean isProbeDue(String integration) {
        return isProbed(integration) && held.get(integration).isProbeDue(now());
    }

    /** Whether messages of it, which have to wait, are tried now and then. */
    synchronized boolean isProbed(String integration) {
        HeldIntegration one = held.get(integration);
        return one != null && one.isProbed();
    }

    /** @return whether the caller is the one to try a message now */
    synchronized boolean beginProbe(String integration) {
        boolean due = isProbeDue(integration);
        if (due) {
            held.get(integration).probed(now() + options.probe().toNanos());
        }
        return due;
    }

    /**
     * Ends the holds of an integration; its refusals are counted anew.
     *
     * @param integration null for all of them
     * @param probe whether one message is to be taken before the others go on
     */
    synchronized void release(String integration, boolean probe) {
        for (String one : integration == null ? List.copyOf(held.keySet()) : List.of(integration)) {
            if (!held.containsKey(one)) {
                continue;
            }
            if (probe) {
                file.removeIf(hold -> one.equals(hold.integration()));
                refusals.remove(one);
                held.get(one).release(now());
            } else {
                end(one);
            }
        }
        changed();
    }

    /** What is held, sorted by integration. */
    synchronized List<Hold> all() {
        List<Hold> holds = new ArrayList<>();
        held.values().forEach(one -> holds.addAll(one.told()));
        return holds;
    }

    /** How many are held. */
    synchronized int count() {
        return (int) held.values().stream().filter(one -> !one.told().isEmpty()).count();
    }

    private long now() {
        return options.ticker().getAsLong();
    }
}

package io.vitallyrelay.delivery;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Notices that an integration's messages are refused nearly without exception, as a wrong workspace or a wrong mapping brings
 * it about, and holds that integration: what is refused then are no bad messages. Ends by {@link #release}, or when one of its
 * messages that is tried is taken. One for all lanes; thread-safe. Forgotten at a restart.
 */
public final class RefusedHolds {
    /** So many messages are looked back upon for the share. */
    static final int LAST = 200;

    private static final Logger LOG = LoggerFactory.getLogger(RefusedHolds.class);

    /**
     * @param inARow so many refused messages in a row hold; 0: nothing does
     * @param percent a larger share of the last {@value RefusedHolds#LAST} holds
     * @param probe one message is tried in this interval
     * @param ticker nanoseconds, as {@link System#nanoTime}
     */
    public record Options(int inARow, int percent, Duration probe, InstantSource clock, LongSupplier ticker) {}

    private static final class Count {
        private final RecentShare refused = new RecentShare(LAST);
        private int inARow;
        private Hold hold;
        private long nextProbe;
    }

    private final Options options;
    /** Of those integrations only that had a refusal lately: where all is well, nothing is counted. */
    private final Map<String, Count> counts = new TreeMap<>();

    private volatile boolean counting;
    private volatile boolean holding;

    public RefusedHolds(Options options) {
        this.options = options;
    }

    /** None is ever held. */
    static RefusedHolds none() {
        return new RefusedHolds(new Options(0, 100, Duration.ofDays(1), InstantSource.system(), System::nanoTime));
    }

    /** A message was refused for its content. */
    synchronized void refused(String integration, int status) {
        if (options.inARow() == 0) {
            return;
        }
        Count count = counts.computeIfAbsent(integration, name -> new Count());
        counting = true;
        count.inARow++;
        count.refused.add(true);
        boolean all = count.inARow >= options.inARow();
        boolean most = count.refused.seen() == LAST && count.refused.share() * 100 > options.percent();
        if (count.hold == null && (all || most)) {
            String what = all
                    ? count.inARow + " of its messages in a row were refused"
                    : Math.round(count.refused.share() * 100) + " % of its last " + LAST + " messages were refused";
            hold(integration, count, what + ", the last one with status " + status);
        }
    }

    private void hold(String integration, Count count, String why) {
        Instant since = options.clock().instant();
        count.hold = new Hold(integration, Hold.Cause.REFUSED, why, since, null);
        count.nextProbe = options.ticker().getAsLong() + options.probe().toNanos();
        holding = true;
        LOG.warn(
                "{}. These are dead letters; its others stay pending, and one is tried every {}. Mend what is wrong, then"
                        + " POST /api/lanes/release?integration={}, and replay the dead letters.",
                count.hold.told(),
                options.probe(),
                integration);
    }

    /** Whether {@link #taken} is worth a call. */
    boolean isCounting() {
        return counting;
    }

    /** A message was taken. */
    synchronized void taken(String integration) {
        Count count = counts.get(integration);
        if (count == null) {
            return;
        }
        count.inARow = 0;
        count.refused.add(false);
        if (count.hold != null) {
            release(integration);
            LOG.info("integration {} goes on: a message that was tried is taken", integration);
        } else if (count.refused.share() == 0) {
            forget(integration);
        }
    }

    private void forget(String integration) {
        counts.remove(integration);
        counting = !counts.isEmpty();
        holding = counts.values().stream().anyMatch(count -> count.hold != null);
    }

    boolean isAny() {
        return holding;
    }

    synchronized boolean isHeld(String integration) {
        Count count = counts.get(integration);
        return count != null && count.hold != null;
    }

    /** Whether a message of this one, which is held, may be tried now. */
    synchronized boolean isProbeDue(String integration) {
        return isHeld(integration) && options.ticker().getAsLong() - counts.get(integration).nextProbe >= 0;
    }

    /** @return whether the caller is the one to try a message now */
    synchronized boolean beginProbe(String integration) {
        boolean due = isProbeDue(integration);
        if (due) {
            counts.get(integration).nextProbe =
                    options.ticker().getAsLong() + options.probe().toNanos();
        }
        return due;
    }

    /** Ends the hold of an integration, where it is held; it is counted anew. */
    public synchronized void release(String integration) {
        if (isHeld(integration)) {
            forget(integration);
        }
    }

    /** Ends all of them. */
    public synchronized void release() {
        List.copyOf(counts.keySet()).forEach(this::release);
    }

    /** What is held, sorted by integration. */
    public synchronized List<Hold> all() {
        List<Hold> holds = new ArrayList<>();
        for (Count count : counts.values()) {
            if (count.hold != null) {
                holds.add(count.hold);
            }
        }
        return holds;
    }
}

package io.vitallyrelay.delivery;

import io.vitallyrelay.spool.PendingMessage;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * The messages of a lane that wait as their integration is held, and those that come behind one of them, as they are about the
 * same entity; in order. They stay in the spool's window, which bounds them. Thread-safe.
 */
public final class Parked {
    private final RefusedHolds holds;
    private final Function<PendingMessage, String> integrationOf;
    private final List<PendingMessage> messages = new ArrayList<>();
    private final Map<Integer, Integer> ofEntity = new HashMap<>();
    private final Set<String> integrations = new TreeSet<>();
    private int probes;

    Parked(RefusedHolds holds, Function<PendingMessage, String> integrationOf) {
        this.holds = holds;
        this.integrationOf = integrationOf;
    }

    /** Whether a message has to wait here: its integration is held, or one of its entity waits already. */
    synchronized boolean mustWait(PendingMessage message) {
        return (!ofEntity.isEmpty() && ofEntity.containsKey(message.entityHash()))
                || (holds.isAny() && holds.isHeld(integrationOf.apply(message)));
    }

    /** Behind all others. */
    synchronized void add(PendingMessage message) {
        messages.add(message);
        ofEntity.merge(message.entityHash(), 1, Integer::sum);
        integrations.add(integrationOf.apply(message));
    }

    /** Before all others: they were taken before them. */
    synchronized void putBack(List<PendingMessage> older) {
        List<PendingMessage> behind = List.copyOf(messages);
        clear();
        older.forEach(this::add);
        behind.forEach(this::add);
    }

    /** Whether there is something to take, or to probe with. */
    public synchronized boolean isReady() {
        return !messages.isEmpty()
                && integrations.stream().anyMatch(name -> !holds.isHeld(name) || holds.isProbeDue(name));
    }

    /** As many as fit into the batch of those that need not wait any longer, in order. */
    synchronized void takeReady(Batch batch) {
        if (messages.isEmpty()) {
            return;
        }
        Set<Integer> waiting = new HashSet<>();
        List<PendingMessage> all = List.copyOf(messages);
        clear();
        for (PendingMessage message : all) {
            boolean waits = batch.isFull()
                    || waiting.contains(message.entityHash())
                    || holds.isHeld(integrationOf.apply(message));
            if (waits) {
                waiting.add(message.entityHash());
                add(message);
            } else {
                batch.add(message);
            }
        }
    }

    /** A message to try, where it is time for that: another one each time, and the first of its entity. Else null. */
    synchronized PendingMessage takeProbe() {
        for (String integration : List.copyOf(integrations)) {
            if (holds.isProbeDue(integration)) {
                List<PendingMessage> firsts = firstsOf(integration);
                if (!firsts.isEmpty() && holds.beginProbe(integration)) {
                    PendingMessage probe = firsts.get(probes++ % firsts.size());
                    remove(probe);
                    return probe;
                }
            }
        }
        return null;
    }

    private List<PendingMessage> firstsOf(String integration) {
        List<PendingMessage> firsts = new ArrayList<>();
        Set<Integer> seen = new HashSet<>();
        for (PendingMessage message : messages) {
            if (seen.add(message.entityHash()) && integrationOf.apply(message).equals(integration)) {
                firsts.add(message);
            }
        }
        return firsts;
    }

    private void remove(PendingMessage message) {
        List<PendingMessage> all = List.copyOf(messages);
        clear();
        for (PendingMessage other : all) {
            if (other != message) {
                add(other);
            }
        }
    }

    /** Takes all of them, in order. */
    synchronized List<PendingMessage> takeAll() {
        List<PendingMessage> all = List.copyOf(messages);
        clear();
        return all;
    }

    private void clear() {
        messages.clear();
        ofEntity.clear();
        integrations.clear();
    }
}

package io.vitallyrelay.delivery;

import io.vitallyrelay.spool.Pending;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * The messages of a lane that wait as their integration is held, and those that come behind one of them, as they are about the
 * same entity; in order. They stay in the spool's window, which bounds them. Thread-safe.
 */
public final class Parked {
    private final IntegrationHolds holds;
    private final List<Pending> messages = new ArrayList<>();
    private final Map<Integer, Integer> ofEntity = new HashMap<>();
    private final Set<String> integrations = new TreeSet<>();
    private int probes;

    Parked(IntegrationHolds holds) {
        this.holds = holds;
    }

    /** Whether a message has to wait here: its integration is held, or one of its entity waits already. */
    synchronized boolean mustWait(Pending message) {
        return (!ofEntity.isEmpty() && ofEntity.containsKey(message.entityHash()))
                || (holds.isAny() && holds.isHeld(message.integration()));
    }

    /** Behind all others. */
    synchronized void add(Pending message) {
        messages.add(message);
        ofEntity.merge(message.entityHash(), 1, Integer::sum);
        integrations.add(message.integration());
    }

    /** Before all others: they were taken before them. */
    synchronized void putBack(List<Pending> older) {
        List<Pending> behind = List.copyOf(messages);
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
        List<Pending> all = List.copyOf(messages);
        clear();
        for (Pending message : all) {
            boolean waits =
                    batch.isFull() || waiting.contains(message.entityHash()) || holds.isHeld(message.integration());
            if (waits) {
                waiting.add(message.entityHash());
                add(message);
            } else {
                batch.add(message);
            }
        }
    }

    /** A message to try, where it is time for that: another one each time, and the first of its entity. Else null. */
    synchronized Pending takeProbe() {
        for (String integration : List.copyOf(integrations)) {
            if (holds.isProbeDue(integration)) {
                List<Pending> firsts = firstsOf(integration);
                if (!firsts.isEmpty() && holds.beginProbe(integration)) {
                    Pending probe = firsts.get(probes++ % firsts.size());
                    remove(probe);
                    return probe;
                }
            }
        }
        return null;
    }

    private List<Pending> firstsOf(String integration) {
        List<Pending> firsts = new ArrayList<>();
        Set<Integer> seen = new HashSet<>();
        for (Pending message : messages) {
            if (seen.add(message.entityHash()) && message.integration().equals(integration)) {
                firsts.add(message);
            }
        }
        return firsts;
    }

    private void remove(Pending message) {
        List<Pending> all = List.copyOf(messages);
        clear();
        for (Pending other : all) {
            if (other != message) {
                add(other);
            }
        }
    }

    /** Takes all of them, in order. */
    synchronized List<Pending> takeAll() {
        List<Pending> all = List.copyOf(messages);
        clear();
        return all;
    }

    private void clear() {
        messages.clear();
        ofEntity.clear();
        integrations.clear();
    }
}

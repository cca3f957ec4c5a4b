package io.vitallyrelay.spool.local;

import io.vitallyrelay.spool.FencedException;
import io.vitallyrelay.spool.Settled;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What of one lane is in memory: what is to be polled, and what was polled and is not settled. Guarded by {@link Window}. */
final class DealtLane {
    private final int number;
    private final Deque<Dealt> toPoll = new ArrayDeque<>();
    /** By key, which is the order of their appends. */
    private final Map<Long, Dealt> polled = new TreeMap<>();

    private Object owner;

    DealtLane(int number) {
        this.number = number;
    }

    void open(Object newOwner) {
        owner = newOwner;
        List<Dealt> again = new ArrayList<>(polled.values());
        polled.clear();
        for (int i = again.size() - 1; i >= 0; i--) {
            toPoll.addFirst(again.get(i));
        }
    }

    void require(Object supposed) {
        if (owner != supposed) {
            throw new FencedException("lane " + number);
        }
    }

    boolean isEmpty() {
        return toPoll.isEmpty();
    }

    void add(Dealt message) {
        toPoll.add(message);
    }

    List<Dealt> poll(int max) {
        List<Dealt> taken = new ArrayList<>(Math.min(max, toPoll.size()));
        while (taken.size() < max && !toPoll.isEmpty()) {
            Dealt message = toPoll.poll();
            polled.put(message.key(), message);
            taken.add(message);
        }
        return taken;
    }

    /** @throws IllegalStateException when one was not polled, or is settled; then all stay as they are */
    List<Settlement> settling(List<Settled> settled) {
        List<Settlement> settlements = new ArrayList<>(settled.size());
        for (Settled each : settled) {
            Dealt message = polled.remove(each.position());
            if (message == null) {
                settlements.forEach(other -> polled.put(other.message().key(), other.message()));
                throw new IllegalStateException("message " + each.position() + " of lane " + number
                        + " was not polled, or is settled, and cannot be settled");
            }
            settlements.add(new Settlement(message, each.refusal()));
        }
        return settlements;
    }
}

package io.vitallyrelay.spool.local;

import io.vitallyrelay.spool.FencedException;
import io.vitallyrelay.spool.Settled;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Deque;
import java.util.List;

/** What of one lane is in memory: what is to be polled, and what was polled and is not settled. Guarded by {@link Window}. */
final class DealtLane {
    private static final int MOST_SETTLED = 1000;

    private final int number;
    private final Deque<Dealt> toPoll = new ArrayDeque<>();
    /** By key, which is the order of their appends; some are settled. */
    private final List<Dealt> polled = new ArrayList<>();

    /** Which of them are settled, by their place in the list. */
    private final BitSet settled = new BitSet();

    private Object owner;

    DealtLane(int number) {
        this.number = number;
    }

    void open(Object newOwner) {
        owner = newOwner;
        for (int i = polled.size() - 1; i >= 0; i--) {
            if (!settled.get(i)) {
                toPoll.addFirst(polled.get(i));
            }
        }
        polled.clear();
        settled.clear();
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
            polled.add(message);
            taken.add(message);
        }
        return taken;
    }

    /** @throws IllegalStateException when one was not polled, or is settled; then all stay as they are */
    List<Settlement> settling(List<Settled> becoming) {
        List<Settlement> settlements = new ArrayList<>(becoming.size());
        BitSet places = new BitSet(polled.size());
        int place = -1;
        for (Settled each : becoming) {
            place = placeOf(each.position(), place + 1);
            if (place < 0 || settled.get(place) || places.get(place)) {
                throw new IllegalStateException("message " + each.position() + " of lane " + number
                        + " was not polled, or is settled, and cannot be settled");
            }
            places.set(place);
            settlements.add(Settlement.of(polled.get(place), each.refusal()));
        }
        settled.or(places);
        forgetSettled();
        return settlements;
    }

    /**
     * @param probable its place where the order is that of the polling
     * @return negative where it was not polled
     */
    private int placeOf(long key, int probable) {
        if (probable < polled.size() && polled.get(probable).key() == key) {
            return probable;
        }
        int from = 0;
        int to = polled.size() - 1;
        while (from <= to) {
            int middle = (from + to) >>> 1;
            int compared = Long.compare(polled.get(middle).key(), key);
            if (compared == 0) {
                return middle;
            }
            from = compared < 0 ? middle + 1 : from;
            to = compared < 0 ? to : middle - 1;
        }
        return -1;
    }

    /** Where that is all of them, as it is after most batches, or very many. */
    private void forgetSettled() {
        int gone = settled.cardinality();
        if (gone == polled.size() || gone > MOST_SETTLED) {
            List<Dealt> rest = new ArrayList<>(polled.size() - gone);
            for (int i = settled.nextClearBit(0); i < polled.size(); i = settled.nextClearBit(i + 1)) {
                rest.add(polled.get(i));
            }
            polled.clear();
            polled.addAll(rest);
            settled.clear();
        }
    }
}

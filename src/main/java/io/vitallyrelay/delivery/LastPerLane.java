package io.vitallyrelay.delivery;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * The last {@value #KEPT} things of each lane. Each lane has a lock of its own, which it shares only with those who look.
 * Thread-safe.
 */
final class LastPerLane<T> {
    static final int KEPT = 100;

    private final List<Deque<T>> lanes;
    private final Function<T, Instant> when;

    LastPerLane(int lanes, Function<T, Instant> when) {
        this.lanes = IntStream.range(0, lanes)
                .<Deque<T>>mapToObj(i -> new ArrayDeque<>())
                .toList();
        this.when = when;
    }

    void add(int lane, T thing) {
        Deque<T> last = lanes.get(lane);
        synchronized (last) {
            if (last.size() == KEPT) {
                last.removeLast();
            }
            last.addFirst(thing);
        }
    }

    /** Of all lanes, newest first. */
    List<T> newest(int most) {
        List<T> all = new ArrayList<>();
        for (Deque<T> last : lanes) {
            synchronized (last) {
                all.addAll(last);
            }
        }
        all.sort(Comparator.comparing(when).reversed());
        return List.copyOf(all.subList(0, Math.min(most, all.size())));
    }
}

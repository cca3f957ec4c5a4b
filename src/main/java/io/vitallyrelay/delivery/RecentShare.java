package io.vitallyrelay.delivery;

/** Of how many of the last so many things something was true. Not thread-safe. */
final class RecentShare {
    private final boolean[] last;
    private int next;
    private int seen;
    private int hits;

    /** @param size how many things are looked back upon, at least 1 */
    RecentShare(int size) {
        last = new boolean[size];
    }

    void add(boolean hit) {
        if (seen == last.length && last[next]) {
            hits--;
        }
        last[next] = hit;
        next = (next + 1) % last.length;
        seen = Math.min(seen + 1, last.length);
        if (hit) {
            hits++;
        }
    }

    /** How many are looked back upon, at most the size. */
    int seen() {
        return seen;
    }

    /** From 0 to 1; 0 where nothing was seen. */
    double share() {
        return seen == 0 ? 0 : (double) hits / seen;
    }

    void clear() {
        next = 0;
        seen = 0;
        hits = 0;
    }
}

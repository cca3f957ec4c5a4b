package io.vitallyrelay.delivery;

import io.vitallyrelay.spool.Pending;
import java.util.ArrayList;
import java.util.List;

/**
 * The size of a request that the endpoint takes, learned from its 413 answers and kept until the service stops: half of what
 * was refused, or the largest that was taken since. One for all lanes; thread-safe.
 */
public final class ByteLimit {
    private int limit = Integer.MAX_VALUE;
    private int taken;

    /** The endpoint took a request of that many bytes. */
    synchronized void taken(int bytes) {
        taken = Math.max(taken, bytes);
    }

    /** The endpoint refused a request of several messages and that many bytes for its size. */
    synchronized void refused(int bytes) {
        if (taken >= bytes) {
            taken = 0;
        }
        limit = Math.min(limit, Math.max(taken, bytes / 2));
    }

    public synchronized int bytes() {
        return limit;
    }

    /** Cuts messages into parts below the limit, in order; a single message can be above it. */
    List<List<Pending>> cut(List<Pending> messages) {
        int most = bytes();
        List<List<Pending>> parts = new ArrayList<>();
        int from = 0;
        int size = 1;
        for (int i = 0; i < messages.size(); i++) {
            int more = messages.get(i).size() + 1;
            if (i > from && size + more > most) {
                parts.add(messages.subList(from, i));
                from = i;
                size = 1;
            }
            size += more;
        }
        parts.add(messages.subList(from, messages.size()));
        return parts;
    }
}

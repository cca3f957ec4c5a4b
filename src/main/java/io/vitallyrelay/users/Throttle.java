package io.vitallyrelay.users;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * Slows down whoever tries passwords: after some that were wrong each further one has to wait, longer and longer up to a minute,
 * by the name of the user and by the address. Who has logged in from an address before is not kept waiting there by what others
 * try under their name. What is counted is forgotten after a quarter of an hour, or when there is more than memory is meant
 * for. Thread-safe.
 */
public final class Throttle {
    private static final int FREE_BY_NAME = 5;
    private static final int FREE_BY_ADDRESS = 20;
    private static final int MOST_DOUBLINGS = 5;
    private static final int MOST_ENTRIES = 10_000;
    private static final Duration FIRST = Duration.ofSeconds(2);
    private static final Duration LONGEST = Duration.ofMinutes(1);
    private static final Duration MEMORY = Duration.ofMinutes(15);

    private final LongSupplier nanos;
    private final Map<String, Tries> names = bounded();
    private final Map<String, Tries> addresses = bounded();
    private final Map<String, Boolean> known = bounded();

    /** @param nanos the time, from any beginning */
    public Throttle(LongSupplier nanos) {
        this.nanos = nanos;
    }

    /** @param last when the last one began, in nanoseconds */
    private record Tries(int wrong, long last) {
        long waitNanos(int free, long now) {
            if (wrong < free) {
                return 0;
            }
            Duration wait = FIRST.multipliedBy(1L << Math.min(wrong - free, MOST_DOUBLINGS));
            return last + (wait.compareTo(LONGEST) < 0 ? wait : LONGEST).toNanos() - now;
        }
    }

    /**
     * Counts a try as a wrong one, before it is known: else many at once would count as none.
     *
     * @return how long to wait before the next one; zero where this one may be made
     */
    public synchronized Duration begin(String name, String address) {
        long now = nanos.getAsLong();
        Tries byName = current(names, name, now);
        Tries byAddress = current(addresses, address, now);
        long wait = byAddress.waitNanos(FREE_BY_ADDRESS, now);
        if (!known.containsKey(pair(name, address))) {
            wait = Math.max(wait, byName.waitNanos(FREE_BY_NAME, now));
        }
        if (wait > 0) {
            return Duration.ofNanos(wait);
        }
        names.put(name, new Tries(byName.wrong + 1, now));
        addresses.put(address, new Tries(byAddress.wrong + 1, now));
        return Duration.ZERO;
    }

    /** The try that was begun last was right. Others of the address still count: one password must not open a way to try more. */
    public synchronized void succeeded(String name, String address) {
        names.remove(name);
        addresses.computeIfPresent(address, (key, tries) -> new Tries(tries.wrong - 1, tries.last));
        known.put(pair(name, address), true);
    }

    private static Tries current(Map<String, Tries> all, String key, long now) {
        Tries tries = all.get(key);
        return tries == null || now - tries.last > MEMORY.toNanos() ? new Tries(0, now) : tries;
    }

    private static String pair(String name, String address) {
        return name + "\n" + address;
    }

    /** Forgets what was used longest ago. */
    private static <T> Map<String, T> bounded() {
        return new LinkedHashMap<>(16, 0.75f, true) {
            private static final long serialVersionUID = 1;

            @Override
            protected boolean removeEldestEntry(Map.Entry<String, T> eldest) {
                return size() > MOST_ENTRIES;
            }
        };
    }
}

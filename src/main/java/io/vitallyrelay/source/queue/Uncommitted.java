package io.vitallyrelay.source.queue;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The messages whose records are durable, but which their broker could not be told to forget: when they come again they are
 * committed, and not taken and counted once more. Forgotten with the process; a crash lets such messages be taken again, with the
 * same messageIds.
 *
 * <p>Thread-safe. What a transaction has in hand belongs to its thread.
 */
public final class Uncommitted {
    /** Older ones are forgotten: brokers give up messages too. */
    private static final int AT_MOST = 100_000;

    private final Map<String, Integer> durable = new LinkedHashMap<>();
    private final ThreadLocal<Transactions> transactions = ThreadLocal.withInitial(Transactions::new);

    private record Taken(String key, boolean wasDurable) {}

    /** What one consumer has in hand, and the two transactions before: a broker may say yes to a consumer that it has closed. */
    private static final class Transactions {
        private List<Taken> now = new ArrayList<>();
        private List<Taken> last = List.of();
        private List<Taken> before = List.of();
    }

    /**
     * A message came to this thread.
     *
     * @param key the same for the same message, and for no other that becomes something else
     * @return whether it was taken before, so that there is nothing to do but commit it
     */
    public boolean comesAgain(String key) {
        synchronized (durable) {
            Integer times = durable.remove(key);
            if (times == null) {
                return false;
            }
            if (times > 1) {
                durable.put(key, times - 1);
            }
        }
        transactions.get().now.add(new Taken(key, true));
        return true;
    }

    /** What the message became is staged. */
    public void taken(String key) {
        transactions.get().now.add(new Taken(key, false));
    }

    /** The broker says that it forgot what this thread had in own. */
    public void committed() {
        Transactions own = transactions.get();
        own.before = own.last;
        own.last = own.now;
        own.now = new ArrayList<>();
    }

    /** The consumer of this thread lives: what it committed is committed. */
    public void certain() {
        Transactions own = transactions.get();
        own.before = List.of();
        own.last = List.of();
    }

    /** The broker will send again what this thread has in own. @param isDurable whether all of it is durable */
    public void rolledBack(boolean isDurable) {
        Transactions own = transactions.get();
        comesAgain(own.now, isDurable);
        own.now = new ArrayList<>();
    }

    /** As {@link #rolledBack}, and of what was committed last nobody knows. */
    public void consumerEnded(boolean isDurable) {
        Transactions own = transactions.get();
        comesAgain(own.before, true);
        comesAgain(own.last, true);
        comesAgain(own.now, isDurable);
        transactions.remove();
    }

    private void comesAgain(List<Taken> messages, boolean areDurable) {
        synchronized (durable) {
            for (Taken message : messages) {
                if (areDurable || message.wasDurable()) {
                    durable.merge(message.key(), 1, Integer::sum);
                }
            }
            for (Iterator<String> oldest = durable.keySet().iterator(); durable.size() > AT_MOST; ) {
                oldest.next();
                oldest.remove();
            }
        }
    }
}

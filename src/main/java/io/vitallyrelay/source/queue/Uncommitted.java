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
    private final ThreadLocal<Hand> hands = ThreadLocal.withInitial(Hand::new);

    private record Message(String key, boolean wasDurable) {}

    /** What one consumer has in hand, and the two transactions before: a broker may say yes to a consumer that it has closed. */
    private static final class Hand {
        private List<Message> now = new ArrayList<>();
        private List<Message> last = List.of();
        private List<Message> before = List.of();
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
        hands.get().now.add(new Message(key, true));
        return true;
    }

    /** What the message became is staged. */
    public void taken(String key) {
        hands.get().now.add(new Message(key, false));
    }

    /** The broker says that it forgot what this thread had in hand. */
    public void committed() {
        Hand hand = hands.get();
        hand.before = hand.last;
        hand.last = hand.now;
        hand.now = new ArrayList<>();
    }

    /** The consumer of this thread lives: what it committed is committed. */
    public void certain() {
        Hand hand = hands.get();
        hand.before = List.of();
        hand.last = List.of();
    }

    /** The broker will send again what this thread has in hand. @param isDurable whether all of it is durable */
    public void rolledBack(boolean isDurable) {
        Hand hand = hands.get();
        comesAgain(hand.now, isDurable);
        hand.now = new ArrayList<>();
    }

    /** As {@link #rolledBack}, and of what was committed last nobody knows. */
    public void consumerEnded(boolean isDurable) {
        Hand hand = hands.get();
        comesAgain(hand.before, true);
        comesAgain(hand.last, true);
        comesAgain(hand.now, isDurable);
        hands.remove();
    }

    private void comesAgain(List<Message> messages, boolean areDurable) {
        synchronized (durable) {
            for (Message message : messages) {
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

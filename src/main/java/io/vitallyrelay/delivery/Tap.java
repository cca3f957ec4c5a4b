package io.vitallyrelay.delivery;

import io.vitallyrelay.message.Message;
import io.vitallyrelay.message.PostedMessage;
import io.vitallyrelay.spool.Pending;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.stream.IntStream;

/**
 * The last messages that were settled. It looks at {@value #A_SECOND} messages of a lane a second, the last ones of each batch,
 * however many there are. Thread-safe; forgotten at a restart.
 */
public final class Tap implements DeliveryListener {
    /** At most so many are kept. */
    public static final int KEPT = LastPerLane.KEPT;

    static final int A_SECOND = 100;
    private static final long SECOND = 1_000_000_000;

    /**
     * A message.
     *
     * @param at when it was settled
     * @param entity whom it is about; null where its JSON does not say
     * @param delivered whether the endpoint has it; else it is a dead letter
     * @param status of the answer that settled it; 0 where there was none
     * @param body null where bodies are not kept
     */
    @SuppressWarnings("ArrayRecordComponent") // nobody compares two of them by content
    public record Seen(
            Instant at,
            String integration,
            String type,
            String entity,
            String messageId,
            boolean delivered,
            int status,
            byte[] body) {}

    /** How many messages of a lane may still be looked at in this second. Used by its lane only. */
    private static final class Allowance {
        private long second = Long.MIN_VALUE;
        private int left;
    }

    private final LastPerLane<Seen> last;
    private final List<Allowance> allowances;
    private final boolean bodies;
    private final InstantSource clock;
    private final LongSupplier ticker;

    /**
     * @param lanes how many there are
     * @param bodies whether the messages themselves are kept
     * @param ticker nanoseconds, as {@link System#nanoTime}
     */
    public Tap(int lanes, boolean bodies, InstantSource clock, LongSupplier ticker) {
        last = new LastPerLane<>(lanes, Seen::at);
        allowances = IntStream.range(0, lanes).mapToObj(lane -> new Allowance()).toList();
        this.bodies = bodies;
        this.clock = clock;
        this.ticker = ticker;
    }

    /** It is about messages alone. */
    @Override
    public void posted(Posted posted) {}

    @Override
    public void settled(int lane, List<Pending> messages, boolean delivered, int status) {
        int seen = allowed(allowances.get(lane), messages.size());
        if (seen > 0) {
            Instant now = clock.instant();
            for (Pending message : messages.subList(messages.size() - seen, messages.size())) {
                last.add(lane, seen(message, now, delivered, status));
            }
        }
    }

    private int allowed(Allowance allowance, int wanted) {
        long second = ticker.getAsLong() / SECOND;
        if (allowance.second != second) {
            allowance.second = second;
            allowance.left = A_SECOND;
        }
        int allowed = Math.min(wanted, allowance.left);
        allowance.left -= allowed;
        return allowed;
    }

    private Seen seen(Pending message, Instant now, boolean delivered, int status) {
        byte[] json = message.json();
        Message read = PostedMessage.of(json).orElse(null);
        return new Seen(
                now,
                message.integration(),
                message.type().wireName(),
                read == null ? null : read.entity(),
                read == null ? null : read.messageId(),
                delivered,
                status,
                bodies ? json : null);
    }

    /** Whether the messages themselves are kept. */
    public boolean hasBodies() {
        return bodies;
    }

    /** Newest first, at most {@value #KEPT}. */
    public List<Seen> newest(int most) {
        return last.newest(Math.min(most, KEPT));
    }
}

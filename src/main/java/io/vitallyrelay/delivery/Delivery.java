package io.vitallyrelay.delivery;

import io.vitallyrelay.spool.PendingMessage;
import io.vitallyrelay.spool.Refusal;
import io.vitallyrelay.spool.Settlement;
import io.vitallyrelay.spool.Spool;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * One batch on its way: what is to be sent next, when, and what each answer settles. A refused batch is sent again in halves,
 * in order and with the same messageIds, down to the message that is refused. Not thread-safe: it belongs to its lane.
 */
public final class Delivery {
    /**
     * How deliveries are done; the same for all lanes.
     *
     * @param maxAge after this long without an answer that settles them, messages become dead letters; null: never
     */
    public record Rules(Spool spool, BackOff backOff, Duration maxAge, Stop stop, InstantSource clock) {}

    private record Part(List<PendingMessage> messages, int attempts) {}

    private final Rules rules;
    private final DeliveryListener listener;
    private final long begun;
    private final Deque<Part> parts = new ArrayDeque<>();
    private int failures;
    private long sentAt;

    /**
     * @param rules how it is done
     * @param listener is told each verdict
     */
    public Delivery(Batch batch, Rules rules, DeliveryListener listener) {
        this.rules = rules;
        this.listener = listener;
        this.begun = rules.clock().millis();
        parts.push(new Part(List.copyOf(batch.messages()), 0));
    }

    /** Whether there is something left to send, and the service does not stop. The first attempt is always made. */
    public boolean goesOn() {
        return !parts.isEmpty() && (failures == 0 || !rules.stop().isNow());
    }

    /** Waits for the time of the next attempt and gives its body. */
    public byte[] nextBody() throws InterruptedException {
        if (failures > 0) {
            rules.stop().await(rules.backOff().before(failures));
        }
        sentAt = System.nanoTime();
        return Batch.body(parts.peek().messages);
    }

    /** The endpoint answered. Returns when what the answer settles is written. */
    public void answered(Answer answer) throws InterruptedException {
        Part part = sent();
        Verdict verdict = Verdict.of(answer.status(), part.messages.size());
        tell(verdict);
        switch (verdict) {
            case DELIVERED ->
                settle(part.messages.stream().map(Settlement::delivered).toList());
            case SPLIT -> split(part);
            case REJECTED -> bury(part, "refused by the endpoint with status " + answer.status(), answer);
            case RETRY -> retry(part, "the endpoint answers " + answer.status(), answer);
        }
    }

    /** There was no answer: connection refused or lost, time-out, TLS error. */
    public void unanswered(String why) throws InterruptedException {
        tell(Verdict.RETRY);
        retry(sent(), why, null);
    }

    private void tell(Verdict verdict) {
        listener.verdict(verdict, Duration.ofNanos(System.nanoTime() - sentAt));
    }

    /** The part that was sent, counted. It stays the next one until it is settled or split. */
    private Part sent() {
        Part part = parts.pop();
        parts.push(new Part(part.messages, part.attempts + 1));
        return parts.peek();
    }

    private void settle(List<Settlement> settlements) throws InterruptedException {
        rules.spool().settle(settlements);
        parts.pop();
        failures = 0;
    }

    private void split(Part part) {
        parts.pop();
        int middle = part.messages.size() / 2;
        parts.push(new Part(part.messages.subList(middle, part.messages.size()), part.attempts));
        parts.push(new Part(part.messages.subList(0, middle), part.attempts));
        failures = 0;
    }

    private void retry(Part part, String why, Answer answer) throws InterruptedException {
        failures++;
        Duration maxAge = rules.maxAge();
        if (maxAge != null && rules.clock().millis() - begun > maxAge.toMillis()) {
            bury(part, "not delivered within " + maxAge + ": " + why, answer);
        }
    }

    private void bury(Part part, String reason, Answer answer) throws InterruptedException {
        Refusal refusal = new Refusal(
                reason, answer == null ? 0 : answer.status(), answer == null ? null : answer.text(), part.attempts);
        settle(part.messages.stream()
                .map(message -> Settlement.dead(message, refusal))
                .toList());
    }

    /** What is not settled, in order. */
    public List<PendingMessage> unsettled() {
        return parts.stream().flatMap(part -> part.messages.stream()).toList();
    }
}

package io.vitallyrelay.delivery;

import io.vitallyrelay.message.MessageType;
import io.vitallyrelay.spool.DeadLetterCode;
import io.vitallyrelay.spool.Lane;
import io.vitallyrelay.spool.MessageState;
import io.vitallyrelay.spool.Pending;
import io.vitallyrelay.spool.Refusal;
import io.vitallyrelay.spool.Settled;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.LongSupplier;

/**
 * One batch on its way: what is to be sent next, when, and what each answer settles. A refused batch is sent again in halves,
 * in order and with the same messageIds, down to the message that is refused. Not thread-safe: it belongs to its lane.
 */
public final class Delivery {
    /**
     * How deliveries are done; the same for all lanes.
     *
     * @param maxAge after failing this long without another answer, messages become dead letters; null: never
     * @param doubtful what a {@link Answer#doubtful doubtful} success means: delivered, retry or hold. A page always is a hold
     * @param clock tells when a message was sent
     * @param ticker nanoseconds, as {@link System#nanoTime}: ages are counted by it, as the time of the day can jump
     * @param holdBlocked whether a blocked type holds the lanes; else its messages become dead letters
     */
    public record Rules(
            BackOff backOff,
            Duration maxAge,
            Verdict doubtful,
            boolean holdBlocked,
            InstantSource clock,
            LongSupplier ticker,
            Stop stop,
            Gate gate,
            ByteLimit byteLimit,
            BlockedTypes blockedTypes) {}

    private final Lane lane;
    private final LaneState state;
    private final Rules rules;
    private final DeliveryListener listener;
    private final Parts parts;
    private final IntegrationHolds integrationHolds;

    private int failures;
    /** Null: it does not. */
    private Long failingSince;

    private long sentAt;

    /**
     * @param lane the messages are from it
     * @param state of the lane, is told what it does
     * @param parked of the lane: what has to wait for its integration goes there, and comes from there
     * @param rules how it is done
     * @param listener is told what comes of it
     */
    public Delivery(Batch batch, Lane lane, LaneState state, Parked parked, Rules rules, DeliveryListener listener) {
        this.lane = lane;
        this.state = state;
        this.rules = rules;
        this.listener = listener;
        this.parts = new Parts(batch, parked, rules);
        this.integrationHolds = rules.gate().integrationHolds();
    }

    /**
     * Waits until the next request may be sent.
     *
     * @return false when nothing is left to send, or when the service stops and it may not be sent any more
     */
    public boolean goesOn() throws InterruptedException {
        while (parts.areLeft()) {
            int messages = parts.next().messages.size();
            state.is(LaneState.Doing.WAITING, messages);
            if (!rules.gate().enter(this)) {
                return false;
            }
            if (!parts.mustNextWait()) {
                state.is(LaneState.Doing.SENDING, messages);
                return true;
            }
            // its integration was held while it waited for the gate
            rules.gate().gone(this);
        }
        return false;
    }

    /** The body of the next request, once {@link #goesOn} says so. */
    public byte[] nextBody() {
        sentAt = System.nanoTime();
        Part part = parts.next();
        part.to(MessageState.SENT);
        part.firstSent = part.firstSent == null ? rules.clock().instant() : part.firstSent;
        return Batch.body(part.messages);
    }

    /** The endpoint answered. Returns when what the answer settles is written. */
    public void answered(Answer answer) throws InterruptedException {
        Part part = sent();
        part.to(MessageState.ANSWERED);
        Verdict verdict = verdict(answer, part);
        boolean stillRefused = verdict == Verdict.REJECTED
                && integrationHolds.isHeld(part.messages.get(0).integration());
        if (stillRefused || (verdict != Verdict.DELIVERED && verdict != Verdict.REJECTED)) {
            part.to(MessageState.TAKEN);
        }
        told(part, stillRefused ? Verdict.HOLD : verdict, answer, null);
        if (stillRefused) {
            stillRefused(part, answer);
            return;
        }
        switch (verdict) {
            case DELIVERED -> delivered(part, answer);
            case SPLIT -> split(part, answer);
            case REJECTED -> rejected(part, answer);
            case HOLD -> hold(answer);
            case RETRY -> retry(part, answer);
        }
    }

    private void told(Part part, Verdict verdict, Answer answer, String failure) {
        Duration took = Duration.ofNanos(System.nanoTime() - sentAt);
        listener.posted(new Posted(
                state.lane(), part.messages.size(), Batch.size(part.messages), took, verdict, answer, failure));
    }

    private Verdict verdict(Answer answer, Part part) {
        Verdict verdict = Verdicts.of(answer, part.messages.size(), rules.doubtful());
        boolean blocked = verdict == Verdict.REJECTED && part.scouts != null && answer.status() == 400;
        return blocked && rules.holdBlocked() ? Verdict.HOLD : verdict;
    }

    /** There was no answer: connection refused or lost, time-out, TLS error. */
    public void unanswered(String why) throws InterruptedException {
        Part part = sent();
        part.to(MessageState.TAKEN);
        if (rules.stop().isNow()) {
            // cut off on our side: it says nothing of the endpoint
            return;
        }
        told(part, Verdict.RETRY, null, why);
        failed(part, why, null);
    }

    /** Nothing more is sent, whatever the reason. */
    public void end() {
        rules.gate().gone(this);
    }

    /** The part that was sent, counted. It stays the next one until it is settled or split. */
    private Part sent() {
        Part part = parts.next();
        part.attempts++;
        return part;
    }

    private void delivered(Part part, Answer answer) throws InterruptedException {
        rules.gate().delivered(this);
        rules.byteLimit().taken(Batch.size(part.messages));
        if (answer.status() != 200 || answer.doubtful()) {
            listener.doubtful(answer);
        }
        for (MessageType type : types(part.messages)) {
            if (rules.blockedTypes().taken(type)) {
                listener.blocked(type, false, answer.text());
            }
        }
        if (integrationHolds.isCounting()) {
            part.messages.forEach(message -> integrationHolds.taken(message.integration()));
        }
        settle(
                part,
                MessageState.DELIVERED,
                part.messages.stream().map(Settled::delivered).toList(),
                answer.status());
        Part next = parts.next();
        if (next != null && next.before == part && next.messages.size() > 1) {
            // both together were refused and this one is taken: that the next one is bad needs no request
            parts.halveNext();
        }
    }

    private static Set<MessageType> types(List<Pending> messages) {
        Set<MessageType> types = EnumSet.noneOf(MessageType.class);
        messages.forEach(message -> types.add(message.type()));
        return types;
    }

    /**
     * The integration of the message is held: it is not the message that is bad. It stays the next one here, so that it waits
     * before all that come behind it.
     */
    private void stillRefused(Part part, Answer answer) {
        rules.gate().answered(this);
        succeeded();
        parts.endProbe();
        integrationHolds.stillRefused(part.messages.get(0).integration(), answer.status());
    }

    private void split(Part part, Answer answer) {
        rules.gate().answered(this);
        succeeded();
        if (answer.status() == 413) {
            rules.byteLimit().refused(Batch.size(part.messages));
            parts.halveNextByBytes();
        } else {
            parts.halveNext();
        }
    }

    private void rejected(Part part, Answer answer) throws InterruptedException {
        rules.gate().answered(this);
        MessageType type = part.messages.get(0).type();
        if (answer.status() == 400 && rules.blockedTypes().refused(type)) {
            listener.blocked(type, true, answer.text());
        }
        String integration = part.messages.get(0).integration();
        bury(part, DeadLetterCode.REFUSED, "refused by the endpoint with status " + answer.status(), answer);
        integrationHolds.refused(integration, answer.status());
        if (parts.isLastScout(part) && rules.blockedTypes().all().contains(type)) {
            buryRest(type, answer);
        }
    }

    /**
     * Every scout of the type was refused: what is left of it in this batch is not sent at all, until that is so much that its
     * integration is held.
     */
    private void buryRest(MessageType type, Answer answer) throws InterruptedException {
        String reason = "not sent, as the endpoint refuses every message of type " + type.wireName();
        List<Settled> dead = new ArrayList<>();
        List<Pending> messages = new ArrayList<>();
        parts.removeIf((part, message) -> {
            String integration = message.integration();
            boolean buries = message.type() == type && !integrationHolds.isHeld(integration);
            if (buries) {
                dead.add(Settled.dead(message, refusal(part, DeadLetterCode.REFUSED, reason, answer)));
                messages.add(message);
                integrationHolds.refused(integration, answer.status());
            }
            return buries;
        });
        if (!dead.isEmpty()) {
            lane.settle(dead);
            listener.settled(state.lane(), messages, false, answer.status());
        }
    }

    private void hold(Answer answer) {
        succeeded();
        rules.gate().held(this, reasonToHold(answer));
    }

    private String reasonToHold(Answer answer) {
        String answers = "the endpoint answers " + answer.status();
        if (answer.status() == 400) {
            return "the endpoint refuses every message of type "
                    + parts.next().messages.get(0).type().wireName();
        }
        if (answer.status() > 299) {
            return answers;
        }
        return switch (answer.body()) {
            case PAGE -> answers + " with a web page, so a login or a gateway is in the way to Vitally";
            case ERRORS -> answers + " and speaks of errors";
            case JSON, DOUBTFUL -> answers + " with a body that is cut or is not JSON";
        };
    }

    private void retry(Part part, Answer answer) throws InterruptedException {
        if (answer.status() == 429) {
            failures = answer.pause() == null ? failures + 1 : failures;
            rules.gate().refused(this, backOff(answer.pause()), answer.pause());
        } else {
            failed(part, "the endpoint answers " + answer.status(), answer);
        }
    }

    private void failed(Part part, String why, Answer answer) throws InterruptedException {
        Duration pause = answer == null ? null : answer.pause();
        failures = pause == null ? failures + 1 : failures;
        rules.gate().failed(this, why, backOff(pause), pause);
        long now = rules.ticker().getAsLong();
        failingSince = failingSince == null ? now : failingSince;
        if (rules.maxAge() != null && now - failingSince > rules.maxAge().toNanos()) {
            bury(part, DeadLetterCode.EXPIRED, "not delivered within " + rules.maxAge() + ": " + why, answer);
        }
    }

    private Duration backOff(Duration asked) {
        return asked == null ? rules.backOff().before(failures) : Duration.ZERO;
    }

    private void bury(Part part, DeadLetterCode code, String reason, Answer answer) throws InterruptedException {
        Refusal refusal = refusal(part, code, reason, answer);
        List<Settled> dead = part.messages.stream()
                .map(message -> Settled.dead(message, refusal))
                .toList();
        settle(part, MessageState.DEAD, dead, refusal.status());
    }

    /** @param answer null where there was none */
    private static Refusal refusal(Part part, DeadLetterCode code, String reason, Answer answer) {
        return new Refusal(
                code,
                reason,
                answer == null ? 0 : answer.status(),
                answer == null ? null : answer.text(),
                part.attempts,
                part.firstSent);
    }

    private void settle(Part part, MessageState end, List<Settled> settled, int status) throws InterruptedException {
        part.to(end);
        lane.settle(settled);
        listener.settled(state.lane(), part.messages, end == MessageState.DELIVERED, status);
        parts.removeNext();
        succeeded();
    }

    private void succeeded() {
        failures = 0;
        failingSince = null;
    }

    /** What is not settled, in order. */
    public List<Pending> unsettled() {
        return parts.messages();
    }
}

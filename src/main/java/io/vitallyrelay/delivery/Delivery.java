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
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumSet;
import java.util.HashSet;
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
    private final Rules rules;
    private final DeliveryListener listener;
    private final Deque<Part> parts = new ArrayDeque<>();
    private final Batch.Limits limits;
    private final Parked parked;
    private final RefusedHolds refusedHolds;
    /** The message that is tried while its integration is held, else null. */
    private Part probe;

    private int failures;
    /** Null: it does not. */
    private Long failingSince;

    private long sentAt;

    /**
     * @param lane the messages are from it
     * @param parked of the lane: what has to wait for its integration goes there, and comes from there
     * @param rules how it is done
     * @param listener is told each verdict
     */
    public Delivery(Batch batch, Lane lane, Parked parked, Rules rules, DeliveryListener listener) {
        this.lane = lane;
        this.rules = rules;
        this.listener = listener;
        this.limits = batch.limits();
        this.parked = parked;
        this.refusedHolds = rules.gate().refusedHolds();
        addParked();
        List<Pending> mayGo = new ArrayList<>(batch.messages());
        mayGo.removeIf(this::parks);
        List<Pending> messages = BatchOrder.of(mayGo);
        List<Pending> ahead = new ArrayList<>();
        for (MessageType type : rules.blockedTypes().all()) {
            for (Pending scout : Scouts.of(type, messages)) {
                parts.add(Part.scout(scout, type));
                ahead.add(scout);
            }
        }
        // by identity, as each pending message is itself only
        messages.removeAll(ahead);
        if (!messages.isEmpty()) {
            rules.byteLimit().cut(messages).forEach(cut -> parts.add(new Part(cut)));
        }
    }

    /**
     * Waits until the next request may be sent.
     *
     * @return false when nothing is left to send, or when the service stops and it may not be sent any more
     */
    public boolean goesOn() throws InterruptedException {
        if (refusedHolds.isAny()) {
            parkHeld();
        }
        if (parts.isEmpty()) {
            addParked();
        }
        return !parts.isEmpty() && rules.gate().enter(this);
    }

    private boolean parks(Pending message) {
        boolean waits = parked.mustWait(message);
        if (waits) {
            parked.add(message);
        }
        return waits;
    }

    /** What is not sent yet of an integration that is held by now waits, and what comes behind it of the same entity. */
    private void parkHeld() {
        List<Pending> waiting = new ArrayList<>();
        Set<Integer> entities = new HashSet<>();
        for (int i = parts.size(); i > 0; i--) {
            Part part = parts.pop();
            List<Pending> kept = new ArrayList<>(part.messages);
            if (part != probe) {
                kept.removeIf(message -> waits(message, entities) && waiting.add(message));
            }
            if (kept.size() == part.messages.size()) {
                parts.add(part);
            } else if (!kept.isEmpty()) {
                parts.add(part.piece(kept));
            }
        }
        if (!waiting.isEmpty()) {
            parked.putBack(waiting);
        }
    }

    private boolean waits(Pending message, Set<Integer> entities) {
        boolean waits = entities.contains(message.entityHash()) || refusedHolds.isHeld(message.integration());
        if (waits) {
            entities.add(message.entityHash());
        }
        return waits;
    }

    /** Adds what need not wait any longer, as much as a batch may have, and a message to try. */
    private void addParked() {
        if (!parked.isReady()) {
            return;
        }
        Pending tried = parked.takeProbe();
        if (tried != null) {
            probe = new Part(List.of(tried));
            parts.add(probe);
        }
        Batch ready = new Batch(limits);
        parked.takeReady(ready);
        if (!ready.messages().isEmpty()) {
            rules.byteLimit().cut(BatchOrder.of(ready.messages())).forEach(cut -> parts.add(new Part(cut)));
        }
    }

    /** The body of the next request, once {@link #goesOn} says so. */
    public byte[] nextBody() {
        sentAt = System.nanoTime();
        Part part = parts.peek();
        part.to(MessageState.SENT);
        part.firstSent = part.firstSent == null ? rules.clock().instant() : part.firstSent;
        return Batch.body(part.messages);
    }

    /** The endpoint answered. Returns when what the answer settles is written. */
    public void answered(Answer answer) throws InterruptedException {
        Part part = sent();
        part.to(MessageState.ANSWERED);
        Verdict verdict = verdict(answer, part);
        if (verdict == Verdict.REJECTED
                && refusedHolds.isHeld(part.messages.get(0).integration())) {
            part.to(MessageState.TAKEN);
            listener.verdict(Verdict.HOLD, Duration.ofNanos(System.nanoTime() - sentAt));
            stillRefused();
            return;
        }
        if (verdict != Verdict.DELIVERED && verdict != Verdict.REJECTED) {
            part.to(MessageState.TAKEN);
        }
        listener.verdict(verdict, Duration.ofNanos(System.nanoTime() - sentAt));
        switch (verdict) {
            case DELIVERED -> delivered(part, answer);
            case SPLIT -> split(part, answer);
            case REJECTED -> rejected(part, answer);
            case HOLD -> hold(answer);
            case RETRY -> retry(part, answer);
        }
    }

    private Verdict verdict(Answer answer, Part part) {
        Verdict verdict = Verdicts.of(answer.status(), part.messages.size());
        if (verdict == Verdict.DELIVERED && answer.body() == AnswerBody.PAGE) {
            return Verdict.HOLD;
        }
        boolean errors = answer.body() == AnswerBody.ERRORS;
        if (verdict == Verdict.DELIVERED && answer.doubtful() && (answer.status() == 200 || errors)) {
            return rules.doubtful();
        }
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
        listener.verdict(Verdict.RETRY, Duration.ofNanos(System.nanoTime() - sentAt));
        failed(part, why, null);
    }

    /** Nothing more is sent, whatever the reason. */
    public void end() {
        rules.gate().gone(this);
    }

    /** The part that was sent, counted. It stays the next one until it is settled or split. */
    private Part sent() {
        Part part = parts.peek();
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
        if (refusedHolds.isCounting()) {
            part.messages.forEach(message -> refusedHolds.taken(message.integration()));
        }
        settle(
                part,
                MessageState.DELIVERED,
                part.messages.stream().map(Settled::delivered).toList());
        Part next = parts.peek();
        if (next != null && next.before == part && next.messages.size() > 1) {
            // both together were refused and this one is taken: that the next one is bad needs no request
            halve(parts.pop());
        }
    }

    private static Set<MessageType> types(List<Pending> messages) {
        Set<MessageType> types = EnumSet.noneOf(MessageType.class);
        messages.forEach(message -> types.add(message.type()));
        return types;
    }

    /**
     * The integration of the message is held: it is not the message that is bad. It stays the next one here, so that it waits
     * before all that come behind it, see {@link #parkHeld}.
     */
    private void stillRefused() {
        rules.gate().answered(this);
        succeeded();
        probe = null;
    }

    private void split(Part part, Answer answer) {
        rules.gate().answered(this);
        succeeded();
        parts.pop();
        if (answer.status() == 413) {
            rules.byteLimit().refused(Batch.size(part.messages));
            int middle = part.middleByBytes();
            parts.push(part.piece(part.messages.subList(middle, part.messages.size())));
            parts.push(part.piece(part.messages.subList(0, middle)));
        } else {
            halve(part);
        }
    }

    private void halve(Part part) {
        int middle = part.messages.size() / 2;
        Part first = part.piece(part.messages.subList(0, middle));
        parts.push(part.piece(part.messages.subList(middle, part.messages.size()), first));
        parts.push(first);
    }

    private void rejected(Part part, Answer answer) throws InterruptedException {
        rules.gate().answered(this);
        MessageType type = part.messages.get(0).type();
        if (answer.status() == 400 && rules.blockedTypes().refused(type)) {
            listener.blocked(type, true, answer.text());
        }
        String integration = part.messages.get(0).integration();
        bury(part, DeadLetterCode.REFUSED, "refused by the endpoint with status " + answer.status(), answer);
        refusedHolds.refused(integration, answer.status());
        boolean lastScout = part.scouts != null && parts.stream().noneMatch(p -> p.scouts == part.scouts);
        if (lastScout && rules.blockedTypes().all().contains(type)) {
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
        for (int i = parts.size(); i > 0; i--) {
            Part part = parts.pop();
            Refusal refusal = refusal(part, DeadLetterCode.REFUSED, reason, answer);
            List<Pending> kept = new ArrayList<>(part.messages);
            kept.removeIf(message -> {
                String integration = message.integration();
                boolean buries = message.type() == type && !refusedHolds.isHeld(integration);
                if (buries) {
                    dead.add(Settled.dead(message, refusal));
                    refusedHolds.refused(integration, answer.status());
                }
                return buries;
            });
            if (!kept.isEmpty()) {
                parts.add(kept.size() == part.messages.size() ? part : part.piece(kept));
            }
        }
        if (!dead.isEmpty()) {
            lane.settle(dead);
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
                    + parts.peek().messages.get(0).type().wireName();
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
        settle(part, MessageState.DEAD, dead);
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

    private void settle(Part part, MessageState state, List<Settled> settled) throws InterruptedException {
        part.to(state);
        lane.settle(settled);
        parts.pop();
        succeeded();
    }

    private void succeeded() {
        failures = 0;
        failingSince = null;
    }

    /** What is not settled, in order. */
    public List<Pending> unsettled() {
        return parts.stream().flatMap(part -> part.messages.stream()).toList();
    }
}

package io.vitallyrelay.delivery;

import io.vitallyrelay.message.MessageType;
import io.vitallyrelay.spool.Pending;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiPredicate;

/**
 * What a batch still has to send, part by part and in order. What its integration is held for goes to {@link Parked}, and what
 * need not wait there any longer comes from it. Not thread-safe: it belongs to a delivery.
 */
final class Parts {
    private final Deque<Part> parts = new ArrayDeque<>();
    private final Batch.Limits limits;
    private final Parked parked;
    private final IntegrationHolds holds;
    private final ByteLimit byteLimit;
    /** The message that is tried while its integration is held, else null. */
    private Part probe;

    Parts(Batch batch, Parked parked, Delivery.Rules rules) {
        this.limits = batch.limits();
        this.parked = parked;
        this.holds = rules.gate().integrationHolds();
        this.byteLimit = rules.byteLimit();
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
        add(messages);
    }

    private boolean parks(Pending message) {
        boolean waits = parked.mustWait(message);
        if (waits) {
            parked.add(message);
        }
        return waits;
    }

    private void add(List<Pending> ordered) {
        if (!ordered.isEmpty()) {
            byteLimit.cut(ordered).forEach(cut -> parts.add(new Part(cut)));
        }
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
        add(BatchOrder.of(ready.messages()));
    }

    /** What may be sent by now. @return whether there is anything */
    boolean areLeft() {
        if (holds.isAny()) {
            parkHeld();
        }
        if (parts.isEmpty()) {
            addParked();
        }
        return !parts.isEmpty();
    }

    /** What is not sent yet of an integration that is held by now waits, and what comes behind it of the same entity. */
    private void parkHeld() {
        if (probe != null && !holds.isProbed(probe.messages.get(0).integration())) {
            // an operator holds it by now, and nothing of it is tried
            probe = null;
        }
        List<Pending> waiting = new ArrayList<>();
        Set<Integer> entities = new HashSet<>();
        removeIf((part, message) -> part != probe && waits(message, entities) && waiting.add(message));
        if (!waiting.isEmpty()) {
            parked.putBack(waiting);
        }
    }

    private boolean waits(Pending message, Set<Integer> entities) {
        boolean waits = entities.contains(message.entityHash()) || holds.isHeld(message.integration());
        if (waits) {
            entities.add(message.entityHash());
        }
        return waits;
    }

    /** Whether the next one has messages of an integration that is held by now, and is not the one that is tried. */
    boolean mustNextWait() {
        return holds.isAny()
                && next() != probe
                && next().messages.stream().anyMatch(message -> holds.isHeld(message.integration()));
    }

    /** Takes out messages, each of which the filter sees once and in order, with its part. */
    void removeIf(BiPredicate<Part, Pending> filter) {
        for (int i = parts.size(); i > 0; i--) {
            Part part = parts.pop();
            List<Pending> kept = new ArrayList<>(part.messages);
            kept.removeIf(message -> filter.test(part, message));
            if (kept.size() == part.messages.size()) {
                parts.add(part);
            } else if (!kept.isEmpty()) {
                parts.add(part.piece(kept));
            }
        }
    }

    /** The next one to be sent, or the one that was; null where none is left. */
    Part next() {
        return parts.peek();
    }

    /** Nothing of the next one is left. */
    void removeNext() {
        parts.pop();
    }

    /** The message that was tried waits again, before all that come behind it: see {@link #parkHeld}. */
    void endProbe() {
        probe = null;
    }

    /** The next one is sent in two. */
    void halveNext() {
        Part part = parts.pop();
        int middle = part.messages.size() / 2;
        Part first = part.piece(part.messages.subList(0, middle));
        parts.push(part.piece(part.messages.subList(middle, part.messages.size()), first));
        parts.push(first);
    }

    /** The next one is sent in two of about the same size in bytes. */
    void halveNextByBytes() {
        Part part = parts.pop();
        int middle = part.middleByBytes();
        parts.push(part.piece(part.messages.subList(middle, part.messages.size())));
        parts.push(part.piece(part.messages.subList(0, middle)));
    }

    /** Whether no other message is left that tries whether that type still is blocked. */
    boolean isLastScout(Part part) {
        return part.scouts != null && parts.stream().noneMatch(other -> other.scouts == part.scouts);
    }

    List<Pending> messages() {
        return parts.stream().flatMap(part -> part.messages.stream()).toList();
    }
}

package io.vitallyrelay.spool;

import io.vitallyrelay.message.Origin;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/** What a spool has to say and to give, in plain lists, and all that was done to it, from which a kill may take the end. */
final class SpoolModel {
    record Name(String integration, String unit) {}

    /** @param durableWith how many deeds */
    record Sent(Name unit, Outcome.Appended outcome, List<Earlier> history, int durableWith) {}

    record Deed(boolean isSettling, Consumer<SpoolModel> what) {}

    private final Map<String, Integer> laneOfEntity;
    final List<Deed> deeds = new ArrayList<>();
    /** So many of them survive a kill for certain. */
    int durable;

    private final Map<Name, UnitCounts> units =
            new TreeMap<>(Comparator.comparing(Name::integration).thenComparing(Name::unit));
    /** Oldest first, of some id and moment. */
    final List<DeadLetter> letters = new ArrayList<>();

    private final List<LaneCounts> counts = new ArrayList<>();
    private final List<List<Sent>> pending = new ArrayList<>();
    /** By lane, what of that was given to its current handle. */
    final List<List<Sent>> polled = new ArrayList<>();

    SpoolModel(Map<String, Integer> laneOfEntity, int lanes) {
        this.laneOfEntity = laneOfEntity;
        for (int lane = 0; lane < lanes; lane++) {
            counts.add(LaneCounts.NONE);
            pending.add(new ArrayList<>());
            polled.add(new ArrayList<>());
        }
    }

    private void take(Deed deed) {
        deeds.add(deed);
        deed.what.accept(this);
    }

    void append(Name unit, List<Outcome> outcomes, String behind) {
        take(new Deed(false, model -> {
            model.change(unit, Counts.NONE, behind, false);
            outcomes.forEach(outcome -> model.append(unit, outcome, List.of()));
        }));
    }

    private void append(Name unit, Outcome outcome, List<Earlier> history) {
        if (outcome instanceof Outcome.Appended appended) {
            count(unit, new Counts(1, 0, 0, 0));
            Sent sent = new Sent(unit, appended, history, deeds.size());
            int lane = laneOfEntity.get(appended.message().entity());
            pending.get(lane).add(sent);
            count(lane, 1, 0, 0);
        } else if (outcome instanceof Outcome.Dead dead) {
            DeadRecord record = dead.record();
            bury(unit, record.position(), new Refusal(record.code(), record.reason()), record.content(), history);
            count(unit, new Counts(1, 0, 1, 0));
        } else {
            count(unit, new Counts(0, 0, 0, 1));
        }
    }

    private void count(int lane, int pending, int delivered, int dead) {
        counts.set(
                lane,
                new LaneCounts(
                        counts.get(lane).pending() + pending,
                        counts.get(lane).delivered() + delivered,
                        counts.get(lane).dead() + dead));
    }

    void finish(Name unit) {
        take(new Deed(false, model -> model.change(unit, Counts.NONE, "", true)));
    }

    void flush() {
        durable = deeds.size();
    }

    /** What was given is pending, and so it is durable with all that was appended before. */
    void poll(int lane, int count) {
        List<Sent> given = toPoll(lane).subList(0, count);
        given.forEach(sent -> durable = Math.max(durable, sent.durableWith));
        polled.get(lane).addAll(given);
    }

    void settle(int lane, Sent sent, Refusal refusal) {
        take(new Deed(true, model -> {
            model.pending.get(lane).remove(sent);
            model.polled.get(lane).remove(sent);
            model.count(lane, -1, refusal == null ? 1 : 0, refusal == null ? 0 : 1);
            model.count(sent.unit, new Counts(0, refusal == null ? 1 : 0, refusal == null ? 0 : 1, 0));
            if (refusal != null) {
                Content content = Content.message(sent.outcome.message().json());
                model.bury(sent.unit, sent.outcome.position(), refusal, content, sent.history);
            }
        }));
    }

    /** @param becomes nothing where it is discarded */
    void remove(DeadLetter letter, List<Outcome> becomes) {
        Name unit = new Name(letter.origin().integration(), letter.origin().unit());
        take(new Deed(true, model -> {
            model.letters.removeIf(
                    each -> each.content().bytes() == letter.content().bytes());
            model.count(unit, becomes.isEmpty() ? new Counts(0, 0, -1, 1, 0) : new Counts(-1, 0, -1, 0, 0));
            becomes.forEach(outcome -> model.append(unit, outcome, Earlier.historyOf(letter)));
        }));
    }

    private void bury(Name unit, String position, Refusal why, Content content, List<Earlier> history) {
        Origin origin = new Origin(unit.integration, unit.unit, position);
        letters.add(new DeadLetter(letters.size() + 1, origin, why, Instant.EPOCH, null, content, history));
    }

    private void count(Name unit, Counts more) {
        change(unit, more, unit(unit).resumeAt(), unit(unit).finished());
    }

    private void change(Name unit, Counts more, String resumeAt, boolean finished) {
        Counts counts = unit(unit).counts().plus(more);
        units.put(unit, new UnitCounts(unit.integration, unit.unit, counts, resumeAt, finished));
    }

    /** After a kill that so many deeds survive; what was settled behind them does too. */
    SpoolModel afterKill(int kept) {
        SpoolModel next = new SpoolModel(laneOfEntity, counts.size());
        deeds.subList(0, kept).forEach(next::take);
        deeds.subList(kept, deeds.size()).stream().filter(Deed::isSettling).forEach(next::take);
        next.counts.replaceAll(lane -> new LaneCounts(lane.pending(), 0, 0));
        next.flush();
        return next;
    }

    UnitCounts unit(Name unit) {
        return units.getOrDefault(unit, new UnitCounts("", "", Counts.NONE, "", false));
    }

    /** What the lane still has to give to its current handle, in order. */
    List<Sent> toPoll(int lane) {
        return pending.get(lane).stream()
                .filter(sent -> !polled.get(lane).contains(sent))
                .toList();
    }

    /** Whether the lane has to give something at once. */
    boolean isReady(int lane) {
        return toPoll(lane).stream().anyMatch(sent -> sent.durableWith <= durable);
    }

    List<Object> view() {
        return List.of(List.copyOf(units.values()), List.copyOf(counts));
    }
}

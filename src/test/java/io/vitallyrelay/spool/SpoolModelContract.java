package io.vitallyrelay.spool;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.vitallyrelay.message.Message;
import io.vitallyrelay.message.MessageType;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Random sequences of what can be done to a spool, kills among it: after each step the spool has to say, and where it is asked for
 * messages to give, what {@link SpoolModel} does. A sequence that fails is made as short as it still fails and told step by step.
 * Run one again with {@code -Dmodel.seed=} and {@code -Dmodel.sequences=1}, run longer with more sequences. What depends on when
 * the engine writes needs several runs to fail again.
 *
 * <p>Of the engine it takes for granted that the lane of an entity is the same in each of its stores.
 */
public abstract class SpoolModelContract {
    protected static final int LANES = 4;

    /** How long it runs where no number of sequences is given. */
    private static final Duration RUNS_FOR = Duration.ofSeconds(10);

    private static final Duration LONGEST_SEQUENCE = Duration.ofSeconds(10);
    private static final int MOST_STEPS = 60;
    private static final Duration SHORTENS_FOR = Duration.ofMinutes(1);

    /** How often what is left is tried where the failure depends on what was written when. */
    private static final int TRIES = 10;

    private static final Duration AT_ONCE = Duration.ZERO;
    private static final Duration UNTIL_WRITTEN = Duration.ofMillis(30);
    private static final List<String> INTEGRATIONS = List.of("accounts", "accounts-csv");
    private static final List<String> ENTITIES =
            IntStream.range(0, 10).mapToObj(i -> "user:" + i).toList();

    private final Map<String, Integer> laneOfEntity = new HashMap<>();

    /** The next {@link #open} finds no store. */
    protected abstract void startAnew();

    /** Opens the store, of {@link #LANES} lanes. */
    protected abstract Spool open();

    /** What a kill of the process leaves is opened by the next {@link #open}. */
    protected abstract void kill(Spool killed);

    /** What can be done, and how often it is. */
    private enum Kind {
        APPEND(10),
        FLUSH(3),
        POLL(10),
        SETTLE(10),
        SETTLE_WRONGLY(2),
        OPEN_LANE(3),
        USE_FORMER_LANE(1),
        FINISH(1),
        REPLAY(2),
        DISCARD(1),
        RETIRE(1),
        READ_ALL(1),
        KILL(3),
        CLOSE(1);

        private final int often;

        Kind(int often) {
            this.often = often;
        }

        static final List<Kind> ALL = Stream.of(values())
                .flatMap(kind -> Stream.generate(() -> kind).limit(kind.often))
                .toList();
    }

    /** @param seed of all that is left open by the kind */
    private record Step(Kind kind, long seed) {}

    private record Failure(List<String> told, Throwable why) {}

    @Test
    void saysAndGivesWhatTheModelDoes() throws Exception {
        Long sequences = Long.getLong("model.sequences");
        long first = Long.getLong("model.seed", System.nanoTime());
        System.out.println(getClass().getSimpleName() + ": -Dmodel.seed=" + first);
        findLanes();
        long end = System.nanoTime() + RUNS_FOR.toNanos();
        long seed = first;
        for (; sequences == null ? System.nanoTime() < end : seed < first + sequences; seed++) {
            List<Step> steps = steps(new SplittableRandom(seed));
            Failure failure = failure(steps);
            if (failure != null) {
                Failure shortest = shortest(steps, failure);
                throw new AssertionError(
                        "-Dmodel.sequences=1 -Dmodel.seed=" + seed + ", " + shortest.told.size() + " of "
                                + failure.told.size() + " steps:\n" + String.join("\n", shortest.told),
                        shortest.why);
            }
        }
        System.out.println(getClass().getSimpleName() + ": " + (seed - first) + " sequences");
    }

    private void findLanes() throws InterruptedException {
        startAnew();
        try (Spool spool = open()) {
            Intake intake = spool.intake("a", "u");
            for (String entity : ENTITIES) {
                intake.append(List.of(message(entity, entity)), ResumePoint.NONE);
            }
            intake.flush();
            for (int number = 0; number < LANES; number++) {
                Lane lane = spool.lanes().open(number);
                for (Pending message = next(lane); message != null; message = next(lane)) {
                    laneOfEntity.put(text(message.json()), number);
                }
            }
        }
        assertThat(laneOfEntity).containsOnlyKeys(ENTITIES);
    }

    private static Pending next(Lane lane) throws InterruptedException {
        return lane.poll(1, AT_ONCE).stream().findFirst().orElse(null);
    }

    private static List<Step> steps(SplittableRandom random) {
        return Stream.generate(() -> new Step(Kind.ALL.get(random.nextInt(Kind.ALL.size())), random.nextLong()))
                .limit(random.nextInt(5, MOST_STEPS))
                .toList();
    }

    /** Null where there is none. */
    private Failure failure(List<Step> steps) {
        List<String> told = new ArrayList<>();
        try {
            assertTimeoutPreemptively(LONGEST_SEQUENCE, () -> new Sequence(told).run(steps));
            return null;
        } catch (AssertionError | Exception e) {
            return new Failure(List.copyOf(told), e);
        }
    }

    private Failure failure(List<Step> steps, int tries) {
        Failure failure = null;
        for (int i = 0; i < tries && failure == null; i++) {
            failure = failure(steps);
        }
        return failure;
    }

    /** Leaves out steps, first many at once, as long as what is left fails. */
    private Failure shortest(List<Step> failing, Failure failure) {
        List<Step> steps = failing.subList(0, Math.min(failing.size(), failure.told.size()));
        Failure shortest = failure;
        long end = System.nanoTime() + SHORTENS_FOR.toNanos();
        List<Step> all = steps;
        boolean failsEachTime = IntStream.range(0, 2).allMatch(again -> failure(all) != null);
        for (int length = steps.size() / 2; length > 0; ) {
            boolean shorter = false;
            for (int from = 0; from + length <= steps.size() && System.nanoTime() < end; ) {
                List<Step> fewer = new ArrayList<>(steps);
                fewer.subList(from, from + length).clear();
                Failure still = failure(fewer, failsEachTime ? 1 : TRIES);
                if (still == null) {
                    from += length;
                } else {
                    steps = fewer;
                    shortest = still;
                    shorter = true;
                }
            }
            length = shorter && length == 1 ? 1 : length / 2;
        }
        return shortest;
    }

    private static Outcome.Appended message(String entity, String content) {
        MessageType type = MessageType.KNOWN.get(Math.floorMod(content.hashCode(), MessageType.KNOWN.size()));
        return new Outcome.Appended(
                new Message(type, "id of " + content, entity, content.getBytes(UTF_8)),
                "line of " + shown(content.getBytes(UTF_8)));
    }

    private static String text(byte[] utf8) {
        return new String(utf8, UTF_8);
    }

    /** One of them, on a store of its own. */
    private final class Sequence {
        /** The handles of a unit that may still be used, and which of them owns it. */
        private record Held(SpoolModel.Name unit, Intake intake, boolean isOwned) {}

        private record Former(int number, Lane lane, List<Pending> polled) {}

        private final List<String> told;
        private SpoolModel model = new SpoolModel(laneOfEntity, LANES);
        private Spool spool;
        private SplittableRandom random = new SplittableRandom(0);
        private int numbers;

        private final List<Held> held = new ArrayList<>();
        private final Map<SpoolModel.Name, Intake> owners = new HashMap<>();
        private final Lane[] lanes = new Lane[LANES];
        /** By content: what the current handle of the lane was given, settled or not. */
        private final List<Map<String, Pending>> given = new ArrayList<>();

        private final List<Former> formers = new ArrayList<>();
        /** Lanes of which something was settled before what is in front of it: these are to be settled before the next poll. */
        private final boolean[] hasGaps = new boolean[LANES];

        Sequence(List<String> told) {
            this.told = told;
        }

        void run(List<Step> steps) throws InterruptedException {
            startAnew();
            spool = open();
            try {
                forgetHandles();
                for (Step step : steps) {
                    random = new SplittableRandom(step.seed);
                    told.add(step.kind.toString());
                    told.set(told.size() - 1, "  " + step.kind + " " + take(step.kind));
                    assertThat(seen()).isEqualTo(model.view());
                }
                told.add("  (at the end) READ_ALL");
                readAll();
            } finally {
                spool.close();
            }
        }

        private void forgetHandles() {
            held.clear();
            owners.clear();
            formers.clear();
            given.clear();
            for (int lane = 0; lane < LANES; lane++) {
                lanes[lane] = null;
                hasGaps[lane] = false;
                given.add(new TreeMap<>());
            }
        }

        private List<Object> seen() {
            List<UnitCounts> units =
                    spool.ledger().units(UnitFilter.ALL, null, 1000).units();
            List<UnitCounts> unfinished = new ArrayList<>();
            Map<String, Counts> sums = new TreeMap<>();
            for (UnitCounts unit : units) {
                sums.merge(unit.integration(), unit.counts(), Counts::plus);
                if (!unit.finished()) {
                    unfinished.add(unit);
                }
            }
            Counts sum = sums.values().stream().reduce(Counts.NONE, Counts::plus);
            assertThat(spool.ledger().totals()).isEqualTo(sum);
            assertThat(spool.status().pending()).isEqualTo(sum.pending());
            assertThat(spool.status().deadLetters()).isEqualTo(sum.dead());
            assertThat(spool.deadLetters().count(DeadLetterFilter.ALL)).isEqualTo(sum.dead());
            assertThat(spool.ledger().integrations())
                    .isEqualTo(sums.entrySet().stream()
                            .map(each -> new IntegrationCounts(each.getKey(), each.getValue()))
                            .toList());
            for (String integration : INTEGRATIONS) {
                assertThat(spool.ledger().totals(integration)).isEqualTo(sums.getOrDefault(integration, Counts.NONE));
                assertThat(spool.unfinished(integration))
                        .isEqualTo(unfinished.stream()
                                .filter(unit -> unit.integration().equals(integration))
                                .toList());
            }
            return List.of(units, spool.lanes().counts());
        }

        private String take(Kind kind) throws InterruptedException {
            int lane = random.nextInt(LANES);
            return switch (kind) {
                case APPEND -> append();
                case FLUSH -> flush();
                case POLL -> poll(lane);
                case SETTLE -> settle(lane);
                case SETTLE_WRONGLY -> settleWrongly(lane);
                case OPEN_LANE -> openLane(lane);
                case USE_FORMER_LANE -> useFormerLane();
                case FINISH -> finish();
                case REPLAY -> replay();
                case DISCARD -> discard();
                case RETIRE -> retire();
                case READ_ALL -> readAll();
                case KILL -> kill();
                case CLOSE -> close();
            };
        }

        private <T> T any(List<T> of) {
            return of.get(random.nextInt(of.size()));
        }

        private boolean oneIn(int times) {
            return random.nextInt(times) == 0;
        }

        // ---- the way in

        private String append() throws InterruptedException {
            Held by = held.isEmpty() || oneIn(2) ? intake() : any(held);
            List<Outcome> outcomes = Stream.generate(this::outcome)
                    .limit(oneIn(3) ? random.nextInt(6) : 1)
                    .toList();
            String behind = oneIn(10) ? "" : "behind " + numbers++;
            String what = contents(outcomes) + " to " + by.unit + (by.isOwned ? " as its owner" : "");
            if (by.isOwned && owners.get(by.unit) != by.intake) {
                assertThatExceptionOfType(FencedException.class)
                        .isThrownBy(() -> by.intake.append(outcomes, () -> behind));
                return what + ": fenced";
            }
            by.intake.append(outcomes, () -> behind);
            model.append(by.unit, outcomes, behind);
            return what + ", " + behind;
        }

        private Held intake() {
            SpoolModel.Name unit = unit();
            boolean isOwned = oneIn(2);
            Intake intake = isOwned
                    ? spool.ownedIntake(unit.integration(), unit.unit())
                    : spool.intake(unit.integration(), unit.unit());
            if (isOwned) {
                owners.put(unit, intake);
            }
            assertThat(intake.resumeAt()).isEqualTo(model.unit(unit).resumeAt());
            Held by = new Held(unit, intake, isOwned);
            held.add(by);
            return by;
        }

        private SpoolModel.Name unit() {
            return new SpoolModel.Name(any(INTEGRATIONS), any(List.of("one", "two")));
        }

        private Outcome outcome() {
            int number = numbers++;
            if (oneIn(8)) {
                return new Outcome.Dead(new DeadRecord(
                        "line " + number,
                        DeadLetterCode.CONTRACT,
                        "line " + number + " is wrong",
                        Content.record(("dead " + number).getBytes(UTF_8))));
            }
            return oneIn(8)
                    ? new Outcome.Skipped()
                    : message(any(ENTITIES), "m" + number + (oneIn(50) ? " long".repeat(20_000) : ""));
        }

        private String flush() throws InterruptedException {
            spool.flush();
            model.flush();
            compareLetters();
            return "";
        }

        /** Where all is durable. */
        private void compareLetters() {
            List<DeadLetter> letters = letters();
            assertThat(letters).extracting(DeadLetter::id).isSorted().doesNotHaveDuplicates();
            assertThat(told(letters)).isEqualTo(told(model.letters));
            DeadLetterFilter filter = filter();
            DeadLetterPage page = spool.deadLetters().page(filter, 0, 1000);
            assertThat(page.letters())
                    .extracting(DeadLetter::id)
                    .isEqualTo(
                            letters.stream().filter(filter).map(DeadLetter::id).toList());
            assertThat(page.total()).isEqualTo(page.letters().size());
        }

        private DeadLetterFilter filter() {
            return new LettersThat()
                    .areOfUnit(oneIn(4) ? unit().unit() : null)
                    .haveCode(oneIn(3) ? any(List.of(DeadLetterCode.CONTRACT, DeadLetterCode.REFUSED)) : null)
                    .haveReason(oneIn(3) ? any(List.of("refused", "wrong", "line 7", "is", "none")) : null)
                    .of(oneIn(2) ? any(INTEGRATIONS) : null);
        }

        private String finish() {
            SpoolModel.Name unit = unit();
            spool.finish(unit.integration(), unit.unit());
            if (!model.unit(unit).unit().isEmpty()) {
                model.finish(unit);
            }
            held.removeIf(by -> by.unit.equals(unit));
            return unit.toString();
        }

        // ---- the way out

        private String openLane(int number) {
            if (lanes[number] != null) {
                formers.add(new Former(
                        number, lanes[number], List.copyOf(given.get(number).values())));
            }
            lanes[number] = spool.lanes().open(number);
            given.get(number).clear();
            hasGaps[number] = false;
            model.polled.get(number).clear();
            return String.valueOf(number);
        }

        private String poll(int number) throws InterruptedException {
            if (lanes[number] == null) {
                openLane(number);
            }
            if (hasGaps[number]) {
                return "not: something in front is to be settled first";
            }
            boolean isReady = model.isReady(number);
            List<SpoolModel.Sent> expected = model.toPoll(number);
            int max = random.nextInt(1, 8);
            Duration wait = oneIn(12) && !expected.isEmpty() ? UNTIL_WRITTEN : AT_ONCE;
            List<Pending> polled = lanes[number].poll(max, wait);
            assertThat(polled)
                    .extracting(SpoolModelContract::told)
                    .isEqualTo(expected.stream()
                            .limit(polled.size())
                            .map(SpoolModelContract::told)
                            .toList());
            assertThat(polled).hasSizeBetween(isReady ? 1 : 0, max);
            polled.forEach(message -> given.get(number).put(text(message.json()), message));
            model.poll(number, polled.size());
            return "at most " + max + " of " + number + ": "
                    + polled.stream().map(message -> shown(message.json())).toList();
        }

        private String settle(int number) throws InterruptedException {
            List<SpoolModel.Sent> polled = List.copyOf(model.polled.get(number));
            if (polled.isEmpty()) {
                return "nothing of " + number;
            }
            List<SpoolModel.Sent> some = some(polled);
            boolean someDie = oneIn(3);
            List<Settled> settled = new ArrayList<>();
            for (SpoolModel.Sent each : some) {
                Pending message = given.get(number).get(content(each));
                settled.add(
                        someDie && oneIn(2)
                                ? Settled.dead(
                                        message,
                                        new Refusal(DeadLetterCode.REFUSED, "refused", 422, "no " + numbers++, 2, null))
                                : Settled.delivered(message));
            }
            lanes[number].settle(settled);
            for (int i = 0; i < settled.size(); i++) {
                model.settle(number, some.get(i), settled.get(i).refusal());
            }
            hasGaps[number] =
                    some.size() < polled.size() && (hasGaps[number] || !some.equals(polled.subList(0, some.size())));
            return "of " + number + ": "
                    + IntStream.range(0, some.size())
                            .mapToObj(i -> shown(some.get(i).outcome().message().json())
                                    + (settled.get(i).refusal() == null ? "" : " (dead)"))
                            .toList();
        }

        /** Not one of them where it is not possible. */
        private List<SpoolModel.Sent> some(List<SpoolModel.Sent> polled) {
            if (oneIn(3)) {
                return polled;
            }
            List<SpoolModel.Sent> some = oneIn(2)
                    ? polled.subList(0, random.nextInt(1, polled.size() + 1))
                    : polled.stream().filter(each -> oneIn(2)).toList();
            return some.isEmpty() ? List.of(any(polled)) : some;
        }

        private String settleWrongly(int number) {
            List<Pending> wrong = new ArrayList<>(given.get(number).values());
            formers.stream().filter(former -> former.number == number).forEach(former -> wrong.addAll(former.polled));
            if (lanes[number] == null || wrong.isEmpty()) {
                return "nothing of " + number;
            }
            List<Pending> right = new ArrayList<>();
            model.polled.get(number).stream()
                    .filter(each -> oneIn(2))
                    .forEach(each -> right.add(given.get(number).get(content(each))));
            Pending each = any(wrong);
            boolean isPolled = model.polled.get(number).stream()
                    .anyMatch(polled -> content(polled).equals(text(each.json())));
            if (isPolled) {
                right.add(each);
            }
            right.add(each);
            assertThatIllegalStateException()
                    .isThrownBy(() -> lanes[number].settle(
                            right.stream().map(Settled::delivered).toList()));
            return "of " + number + ": "
                    + right.stream().map(message -> shown(message.json())).toList();
        }

        private String useFormerLane() {
            if (formers.isEmpty()) {
                return "of none";
            }
            Former former = any(formers);
            assertThatExceptionOfType(FencedException.class).isThrownBy(() -> former.lane.poll(1, AT_ONCE));
            if (!former.polled.isEmpty()) {
                assertThatExceptionOfType(FencedException.class)
                        .isThrownBy(() -> former.lane.settle(List.of(Settled.delivered(any(former.polled)))));
            }
            return String.valueOf(former.number);
        }

        // ---- dead letters

        private String replay() throws InterruptedException {
            flush();
            List<Integer> some = someLetters();
            Map<Long, List<Outcome>> edits = new HashMap<>();
            List<DeadLetter> stored = letters();
            for (int place : some) {
                edits.put(
                        stored.get(place).id(),
                        oneIn(6)
                                ? List.of()
                                : Stream.generate(() -> (Outcome) message(any(ENTITIES), "m" + numbers++ + " again"))
                                        .limit(oneIn(4) ? 2 : 1)
                                        .toList());
            }
            List<Long> replayed = spool.deadLetters()
                    .replay(
                            ids(stored, some),
                            letter -> edits.get(letter.id()).stream()
                                    .map(each -> ((Outcome.Appended) each).message())
                                    .toList());
            List<DeadLetter> before = List.copyOf(model.letters);
            List<Long> expected = new ArrayList<>();
            for (int place : some) {
                DeadLetter letter = before.get(place);
                List<Outcome> edit = edits.get(stored.get(place).id()).stream()
                        .<Outcome>map(each -> new Outcome.Appended(
                                ((Outcome.Appended) each).message(),
                                letter.origin().position()))
                        .toList();
                if (!edit.isEmpty()) {
                    model.remove(letter, edit);
                    expected.add(stored.get(place).id());
                }
            }
            assertThat(replayed).isEqualTo(expected);
            assertThat(spool.deadLetters().replay(replayed, letter -> {
                        throw new AssertionError("replayed twice: " + letter);
                    }))
                    .isEmpty();
            return some + " as " + edits;
        }

        private String discard() throws InterruptedException {
            flush();
            List<Integer> some = someLetters();
            List<Long> ids = ids(letters(), some);
            assertThat(spool.deadLetters().discard(ids)).isEqualTo(ids);
            List<DeadLetter> before = List.copyOf(model.letters);
            some.forEach(place -> model.remove(before.get(place), List.of()));
            return some.toString();
        }

        /** Discards those that came before one of them. */
        private String retire() throws InterruptedException {
            flush();
            List<DeadLetter> stored = letters();
            if (stored.isEmpty()) {
                return "none";
            }
            Instant until = any(stored).at();
            List<Long> old = stored.stream()
                    .filter(letter -> letter.at().isBefore(until))
                    .map(DeadLetter::id)
                    .toList();
            DeadLetterFilter filter = DeadLetterFilter.before(until);
            DeadLetterPage page = spool.deadLetters().page(filter, 0, 1000);
            assertThat(page.letters()).extracting(DeadLetter::id).isEqualTo(old);
            assertThat(page.total()).isEqualTo(old.size());
            assertThat(spool.deadLetters().discard(old)).isEqualTo(old);
            List.copyOf(model.letters.subList(0, old.size())).forEach(letter -> model.remove(letter, List.of()));
            return old.size() + " of " + stored.size();
        }

        private List<Integer> someLetters() {
            return IntStream.range(0, model.letters.size())
                    .filter(place -> oneIn(3))
                    .boxed()
                    .toList();
        }

        private static List<Long> ids(List<DeadLetter> letters, List<Integer> places) {
            return places.stream().map(place -> letters.get(place).id()).toList();
        }

        private List<DeadLetter> letters() {
            return spool.deadLetters().page(DeadLetterFilter.ALL, 0, 1000).letters();
        }

        /** Each lane, opened anew, gives all that is pending. */
        private String readAll() throws InterruptedException {
            flush();
            for (int number = 0; number < LANES; number++) {
                openLane(number);
                while (!model.toPoll(number).isEmpty()) {
                    poll(number);
                }
                poll(number);
            }
            assertThat(spool.status().bytes())
                    .isEqualTo(model.polled.stream()
                            .flatMap(List::stream)
                            .mapToLong(sent -> sent.outcome().message().json().length)
                            .sum());
            return "";
        }

        // ---- the end

        private String kill() throws InterruptedException {
            if (oneIn(20)) {
                Thread.sleep(UNTIL_WRITTEN.toMillis());
            }
            SpoolModelContract.this.kill(spool);
            spool = open();
            forgetHandles();
            List<Object> seen = seen();
            List<SpoolModel> possible = IntStream.rangeClosed(model.durable, model.deeds.size())
                    .mapToObj(model::afterKill)
                    .toList();
            assertThat(possible).extracting(SpoolModel::view).contains(seen);
            model = possible.stream()
                    .filter(each -> each.view().equals(seen))
                    .findFirst()
                    .orElseThrow();
            compareLetters();
            return "leaves " + spool.ledger().totals();
        }

        private String close() {
            spool.close();
            spool = open();
            forgetHandles();
            model = model.afterKill(model.deeds.size());
            compareLetters();
            return "";
        }
    }

    private static List<List<Object>> told(List<DeadLetter> letters) {
        return letters.stream()
                .map(letter -> List.<Object>of(
                        letter.origin(),
                        letter.refusal(),
                        text(letter.content().bytes()),
                        letter.content().form(),
                        letter.history().stream().map(Earlier::reason).toList()))
                .toList();
    }

    private static String told(Pending message) {
        return text(message.json()) + " " + message.type() + " " + message.integration();
    }

    private static String told(SpoolModel.Sent sent) {
        return content(sent) + " " + sent.outcome().message().type() + " "
                + sent.unit().integration();
    }

    private static String content(SpoolModel.Sent sent) {
        return text(sent.outcome().message().json());
    }

    private static String shown(byte[] json) {
        return text(json).split(" ", 2)[0];
    }

    private static List<String> contents(List<Outcome> outcomes) {
        return outcomes.stream()
                .map(outcome -> outcome instanceof Outcome.Appended appended
                        ? shown(appended.message().json()) + " ("
                                + appended.message().entity() + ")"
                        : outcome instanceof Outcome.Dead dead
                                ? text(dead.record().content().bytes())
                                : "skipped")
                .toList();
    }
}

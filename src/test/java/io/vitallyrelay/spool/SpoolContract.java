package io.vitallyrelay.spool;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.tuple;

import io.vitallyrelay.message.Message;
import io.vitallyrelay.message.MessageType;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What each engine keeps to, in sentences. An engine's own test says how it is opened, and opened again after a crash. */
public abstract class SpoolContract {
    protected static final int LANES = 4;
    private static final Duration AT_ONCE = Duration.ZERO;
    private static final Duration PATIENTLY = Duration.ofSeconds(20);
    private static final Refusal REFUSAL =
            new Refusal(DeadLetterCode.REFUSED, "refused", 422, "{\"error\":\"no\"}", 3, null);

    private Spool spool;

    /** Opens the one store of this test, of {@link #LANES} lanes. */
    protected abstract Spool open();

    /** What a kill of the process leaves is opened by the next {@link #open}. */
    protected abstract void kill(Spool killed);

    @BeforeEach
    void openForTheTest() {
        spool = open();
    }

    @AfterEach
    void closeAfterTheTest() {
        spool.close();
    }

    private void restart() {
        spool.close();
        spool = open();
    }

    private void crash() {
        kill(spool);
        spool = open();
    }

    // ---- the way in

    @Test
    void whatIsFlushedSurvivesACrash() throws Exception {
        // Given
        append("file", "a", "b");

        // When
        crash();

        // Then
        assertThat(all()).containsExactlyInAnyOrder("a", "b");
        assertThat(counts()).isEqualTo(new Counts(2, 0, 0, 0));
        assertThat(spool.intake("accounts", "file").resumeAt()).isEqualTo("behind b");
    }

    @Test
    void anAppendIsTakenAsAWholeOrNotAtAll() throws Exception {
        // Given
        Intake intake = spool.ownedIntake("accounts", "file");
        spool.ownedIntake("accounts", "file");

        // When
        assertThatExceptionOfType(FencedException.class)
                .isThrownBy(() -> intake.append(List.of(message("a"), message("b")), () -> "behind b"));
        crash();

        // Then
        assertThat(counts()).isEqualTo(Counts.NONE);
        assertThat(spool.intake("accounts", "file").resumeAt()).isEmpty();
    }

    @Test
    void theLastOwnerOfAUnitGoesOnWhereTheOneBeforeStopped() throws Exception {
        // Given
        Intake before = spool.ownedIntake("accounts", "file");
        before.append(List.of(message("a")), () -> "behind a");
        before.flush();

        // When
        Intake owner = spool.ownedIntake("accounts", "file");
        String place = owner.resumeAt();
        owner.append(List.of(message("b")), () -> "behind b");

        // Then
        assertThat(place).isEqualTo("behind a");
        assertThatExceptionOfType(FencedException.class)
                .isThrownBy(() -> before.append(List.of(message("c")), () -> "behind c"));
        assertThat(owner.resumeAt()).isEqualTo("behind b");
    }

    @Test
    void severalMayFeedAUnitThatNobodyOwns() throws Exception {
        // Given
        Intake one = spool.intake("messages", "queue");
        Intake other = spool.intake("messages", "queue");

        // When
        one.append(List.of(message("a")), ResumePoint.NONE);
        other.append(List.of(message("b")), ResumePoint.NONE);
        spool.flush();

        // Then
        assertThat(counts().read()).isEqualTo(2);
    }

    @Test
    void aRecordCountsAsWhatItBecame() throws Exception {
        // When
        Intake intake = spool.intake("accounts", "file");
        intake.append(
                List.of(
                        message("a"),
                        message("b"),
                        new Outcome.Dead(new DeadRecord(
                                "line 2",
                                DeadLetterCode.CONTRACT,
                                "name: must not be blank",
                                Content.record(bytes("x")))),
                        new Outcome.Skipped()),
                ResumePoint.NONE);

        // Then
        assertThat(counts()).isEqualTo(new Counts(3, 0, 1, 1));
    }

    @ParameterizedTest
    @ValueSource(ints = {1_000, 70_000, 1_000_000})
    void positionsKeysAndTextsMayHaveAnyLength(int length) throws Exception {
        // Given
        String text = "ü".repeat(length);
        Intake intake = spool.intake(text, text);

        // When
        intake.append(
                List.of(
                        new Outcome.Appended(new Message(MessageType.USER, "id", text, bytes("{}")), text),
                        new Outcome.Dead(
                                new DeadRecord(text, DeadLetterCode.MALFORMED, text, Content.raw(bytes(text), false)))),
                () -> text);
        intake.flush();
        crash();

        // Then
        assertThat(spool.intake(text, text).resumeAt()).isEqualTo(text);
        assertThat(all()).containsExactly("{}");
        assertThat(spool.deadLetters().count(DeadLetterFilter.ALL)).isEqualTo(1);
    }

    @Test
    void aClosedSpoolTakesNothing() {
        // Given
        Intake intake = spool.intake("accounts", "file");

        // When
        spool.close();

        // Then
        assertThatExceptionOfType(SpoolClosedException.class)
                .isThrownBy(() -> intake.append(List.of(message("late")), ResumePoint.NONE));
    }

    @Test
    void aFinishedUnitHasNoResumePointAndKeepsItsCounts() throws Exception {
        // Given
        append("file", "a");

        // When
        spool.finish("accounts", "file");
        spool.flush();
        crash();

        // Then
        assertThat(spool.unfinished("accounts")).isEmpty();
        assertThat(counts().read()).isEqualTo(1);
        assertThat(spool.intake("accounts", "file").resumeAt()).isEmpty();
    }

    // ---- lanes

    @Test
    void aLaneGivesMessagesInTheOrderOfTheirAppends() throws Exception {
        // Given
        String[] many = numbered(2000);
        for (String content : many) {
            spool.intake("accounts", "file").append(List.of(message("one entity", content)), ResumePoint.NONE);
        }
        spool.flush();

        // When
        List<String> given = all();

        // Then
        assertThat(given).containsExactly(many);
    }

    @Test
    void allMessagesOfAnEntityShareALane() throws Exception {
        // Given
        Intake intake = spool.intake("accounts", "file");
        for (int i = 0; i < 400; i++) {
            intake.append(List.of(message("user:" + i % 20, i % 20 + "/" + i / 20)), ResumePoint.NONE);
        }
        intake.flush();

        // When
        List<List<String>> lanes = new ArrayList<>();
        for (int lane = 0; lane < LANES; lane++) {
            lanes.add(contents(rest(spool.lanes().open(lane))));
        }

        // Then
        assertThat(lanes).as("all lanes are used").noneMatch(List::isEmpty);
        for (int user = 0; user < 20; user++) {
            String prefix = user + "/";
            assertThat(lanes.stream()
                            .map(lane -> lane.stream()
                                    .filter(content -> content.startsWith(prefix))
                                    .toList())
                            .filter(lane -> !lane.isEmpty()))
                    .containsExactly(
                            IntStream.range(0, 20).mapToObj(i -> prefix + i).toList());
        }
    }

    @ParameterizedTest
    @EnumSource
    void aMessageKeepsItsContentTypeAndIntegration(MessageType type) throws Exception {
        // Given
        Intake intake = spool.intake("accounts", "file");
        intake.append(
                List.of(new Outcome.Appended(new Message(type, "id", "e", bytes("{\"ü\":1}")), "line 1")),
                ResumePoint.NONE);
        intake.flush();
        crash();

        // When
        List<Pending> given = allPending();

        // Then
        assertThat(given).singleElement().satisfies(message -> {
            assertThat(message.type()).isEqualTo(type);
            assertThat(message.integration()).isEqualTo("accounts");
            assertThat(message.json()).isEqualTo(bytes("{\"ü\":1}"));
        });
    }

    @Test
    void whatWasPolledAndNotSettledIsGivenAgainAfterACrashInItsOrder() throws Exception {
        // Given
        append("file", message("e", "a"), message("e", "b"), message("e", "c"));
        Lane lane = laneOf("a");
        lane.settle(List.of(Settled.delivered(poll(lane, 3).get(1))));

        // When
        crash();

        // Then
        assertThat(all()).containsExactly("a", "c");
    }

    @Test
    void whoeverOpensALaneIsGivenWhatTheOneBeforeDidNotSettle() throws Exception {
        // Given
        append("file", message("e", "a"), message("e", "b"), message("e", "c"));
        Lane before = laneOf("a");
        List<Pending> polled = poll(before, 2);

        // When
        Lane lane = laneOf("a");

        // Then
        assertThatExceptionOfType(FencedException.class)
                .isThrownBy(() -> before.settle(List.of(Settled.delivered(polled.get(0)))));
        assertThatExceptionOfType(FencedException.class).isThrownBy(() -> before.poll(1, AT_ONCE));
        assertThat(contents(rest(lane))).containsExactly("a", "b", "c");
        assertThat(counts().delivered()).isZero();
    }

    @Test
    void aMessageIsSettledOnceOnly() throws Exception {
        // Given
        append("file", "a");
        Lane lane = laneOf("a");
        Pending message = poll(lane, 1).get(0);
        lane.settle(List.of(Settled.delivered(message)));

        // When, Then
        assertThatIllegalStateException().isThrownBy(() -> lane.settle(List.of(Settled.delivered(message))));
        assertThatIllegalStateException().isThrownBy(() -> lane.settle(List.of(Settled.dead(message, REFUSAL))));
        assertThat(counts()).isEqualTo(new Counts(1, 1, 0, 0));
    }

    @Test
    void nothingIsSettledWhereOneCannotBe() throws Exception {
        // Given
        append("file", message("e", "a"), message("e", "b"));
        Lane lane = laneOf("a");
        List<Pending> polled = poll(lane, 2);
        lane.settle(List.of(Settled.delivered(polled.get(0))));

        // When
        assertThatIllegalStateException()
                .isThrownBy(
                        () -> lane.settle(List.of(Settled.delivered(polled.get(1)), Settled.delivered(polled.get(0)))));

        // Then
        assertThat(counts().pending()).isEqualTo(1);
        lane.settle(List.of(Settled.delivered(polled.get(1))));
        assertThat(counts().pending()).isZero();
    }

    @Test
    void whatCouldNotBeSettledKeepsItsPlace() throws Exception {
        // Given
        append("file", message("e", "a"), message("e", "b"), message("e", "c"));
        Lane lane = laneOf("a");
        List<Pending> polled = poll(lane, 3);
        lane.settle(List.of(Settled.delivered(polled.get(2))));

        // When
        assertThatIllegalStateException()
                .isThrownBy(
                        () -> lane.settle(List.of(Settled.delivered(polled.get(0)), Settled.delivered(polled.get(2)))));

        // Then
        assertThat(contents(rest(laneOf("a")))).containsExactly("a", "b");
    }

    @Test
    void aLaneWithNothingToGiveWaitsNoLongerThanItIsTold() throws Exception {
        assertThat(spool.lanes().open(0).poll(1, AT_ONCE)).isEmpty();
    }

    @Test
    void lanesCountWhatIsPendingAndWhatWasSettledSinceTheSpoolWasOpened() throws Exception {
        // Given
        append("file", message("e", "a"), message("e", "b"), message("e", "c"));
        Lane lane = laneOf("a");
        List<Pending> polled = poll(lane, 2);

        // When
        lane.settle(List.of(Settled.delivered(polled.get(0)), Settled.dead(polled.get(1), REFUSAL)));

        // Then
        assertThat(spool.lanes().counts()).hasSize(LANES).contains(new LaneCounts(1, 1, 1));
        restart();
        assertThat(spool.lanes().counts()).contains(new LaneCounts(1, 0, 0));
    }

    @Test
    void lanesDoNotCountWhatWasSettledBeforeACrash() throws Exception {
        // Given
        append("file", message("e", "a"), message("e", "b"));
        Lane lane = laneOf("a");
        lane.settle(List.of(Settled.delivered(poll(lane, 1).get(0))));

        // When
        crash();

        // Then
        assertThat(spool.lanes().counts()).contains(new LaneCounts(1, 0, 0));
    }

    // ---- the ledger

    @Test
    void theNumbersBalanceInEachUnitAndInAll() throws Exception {
        // Given
        append("file", message("e", "a"), message("e", "b"), message("e", "c"));
        append("other", "d");
        Lane lane = laneOf("a");
        List<Pending> polled = poll(lane, 2);

        // When
        lane.settle(List.of(Settled.delivered(polled.get(0)), Settled.dead(polled.get(1), REFUSAL)));
        crash();

        // Then
        assertThat(counts()).isEqualTo(new Counts(4, 1, 1, 0));
        assertThat(counts().pending()).isEqualTo(2);
        assertThat(spool.ledger().totals("accounts")).isEqualTo(counts());
        assertThat(spool.ledger().integrations()).containsExactly(new IntegrationCounts("accounts", counts()));
        assertThat(units(UnitFilter.ALL))
                .extracting(UnitCounts::unit, UnitCounts::counts)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("file", new Counts(3, 1, 1, 0)),
                        org.assertj.core.groups.Tuple.tuple("other", new Counts(1, 0, 0, 0)));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 20, 21, 1000})
    void pagesGiveEachUnitOnceInOrder(int limit) throws Exception {
        // Given
        for (String integration : List.of("accounts", "accounts-csv", "b")) {
            for (int i = 9; i >= 0; i--) {
                spool.intake(integration, "file " + i).append(List.of(), ResumePoint.NONE);
            }
        }

        // When
        List<String> names = new ArrayList<>();
        UnitPage page = spool.ledger().units(UnitFilter.ALL, null, limit);
        while (true) {
            page.units().forEach(unit -> names.add(unit.integration() + "\0" + unit.unit()));
            if (page.next() == null) {
                break;
            }
            assertThat(page.units()).hasSize(limit);
            page = spool.ledger().units(UnitFilter.ALL, page.next(), limit);
        }

        // Then
        assertThat(names).hasSize(30).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void unitsAreFoundByIntegrationAndState() throws Exception {
        // Given
        append("read", "a");
        spool.intake("accounts", "dead")
                .append(
                        List.of(new Outcome.Dead(
                                new DeadRecord("1", DeadLetterCode.MAPPING, "no", Content.raw(bytes(""), true)))),
                        ResumePoint.NONE);
        spool.finish("accounts", "dead");
        spool.intake("users", "file").append(List.of(message("b")), ResumePoint.NONE);

        // When, Then
        assertThat(names(new UnitFilter("accounts", null))).containsExactly("dead", "read");
        assertThat(names(new UnitFilter("users", null))).containsExactly("file");
        assertThat(names(new UnitFilter("nobody", null))).isEmpty();
        assertThat(names(new UnitFilter("accounts", UnitFilter.State.READING))).containsExactly("read");
        assertThat(names(new UnitFilter("accounts", UnitFilter.State.PENDING))).containsExactly("read");
        assertThat(names(new UnitFilter("accounts", UnitFilter.State.SETTLED))).containsExactly("dead");
        assertThat(names(new UnitFilter(null, UnitFilter.State.DEAD))).containsExactly("dead");
    }

    // ---- dead letters

    @Test
    void aDeadLetterSaysWhyAndWhereItCameFrom() throws Exception {
        // Given
        append("file", "bad");
        Lane lane = laneOf("bad");

        // When
        lane.settle(List.of(Settled.dead(poll(lane, 1).get(0), REFUSAL)));
        crash();

        // Then
        assertThat(letters(DeadLetterFilter.ALL)).singleElement().satisfies(letter -> {
            assertThat(letter.origin().integration()).isEqualTo("accounts");
            assertThat(letter.origin().unit()).isEqualTo("file");
            assertThat(letter.origin().position()).isEqualTo("line of bad");
            assertThat(letter.refusal()).isEqualTo(REFUSAL);
            assertThat(letter.content().bytes()).isEqualTo(bytes("bad"));
            assertThat(letter.content().form()).isEqualTo(Content.Form.MESSAGE);
            assertThat(spool.deadLetters().get(letter.id()))
                    .get()
                    .usingRecursiveComparison()
                    .isEqualTo(letter);
        });
    }

    @Test
    void deadLettersAreFoundByIntegrationAndReason() throws Exception {
        // Given
        Intake intake = spool.intake("accounts", "file");
        intake.append(
                List.of(
                        new Outcome.Dead(new DeadRecord(
                                "1", DeadLetterCode.CONTRACT, "userId: is absent", Content.record(bytes("")))),
                        new Outcome.Dead(new DeadRecord(
                                "2", DeadLetterCode.CONTRACT, "timestamp: not a date", Content.record(bytes(""))))),
                ResumePoint.NONE);
        intake.flush();

        // When, Then
        DeadLetterFilter filter = new LettersThat().haveReason("timestamp").of("accounts");
        assertThat(letters(filter))
                .extracting(letter -> letter.origin().position())
                .containsExactly("2");
        assertThat(spool.deadLetters().count(filter)).isEqualTo(1);
        assertThat(letters(DeadLetterFilter.ofIntegration("users"))).isEmpty();
    }

    @Test
    void deadLettersAreFoundByWhatTheySay() throws Exception {
        // Given
        byte[] user = bytes("{\"type\":\"user\",\"messageId\":\"m1\",\"userId\":\"u1\",\"accountId\":\"a1\"}");
        spool.intake("accounts", "file")
                .append(
                        List.of(
                                new Outcome.Appended(new Message(MessageType.USER, "m1", "user:u1", user), "1"),
                                new Outcome.Dead(new DeadRecord(
                                        "2", DeadLetterCode.MAPPING, "no", Content.raw(bytes(""), true)))),
                        ResumePoint.NONE);
        spool.flush();
        Pending refused = allPending().get(0);
        Lane lane = laneOf(new String(user, UTF_8));
        lane.settle(List.of(Settled.dead(poll(lane, 1).get(0), REFUSAL)));
        DeadLetter letter = letters(
                        new LettersThat().haveCode(DeadLetterCode.REFUSED).filter())
                .get(0);

        // When, Then
        assertThat(refused.json()).isEqualTo(letter.content().bytes());
        assertThat(letter.subject()).isEqualTo(new Subject(MessageType.USER, "user:u1", "m1"));
        for (DeadLetterFilter filter : List.of(
                new LettersThat().areAbout("user:u1").filter(),
                new LettersThat().haveMessageId("m1").filter(),
                new LettersThat().haveStatus(422).filter(),
                new LettersThat().areOfType(MessageType.USER).filter(),
                new LettersThat().haveText("A1\"}").filter(),
                new LettersThat().haveText("error").areOfUnit("file").filter(),
                new LettersThat()
                        .haveReason("refused")
                        .cameSince(Instant.EPOCH)
                        .areAbout("user:u1")
                        .haveMessageId("m1")
                        .of("accounts"))) {
            assertThat(letters(filter)).extracting(DeadLetter::id).containsExactly(letter.id());
            assertThat(spool.deadLetters().count(filter)).isEqualTo(1);
        }
        for (DeadLetterFilter filter : List.of(
                new LettersThat().areAbout("user:u2").filter(),
                new LettersThat().haveStatus(400).filter(),
                new LettersThat().areOfType(MessageType.TRACK).filter(),
                new LettersThat().haveText("a2").filter(),
                new LettersThat().areOfUnit("fil").filter(),
                DeadLetterFilter.before(Instant.EPOCH))) {
            assertThat(letters(filter)).isEmpty();
        }
        assertThat(letters(new LettersThat().areOfUnit("file").filter())).hasSize(2);
    }

    @Test
    void aPageLooksAtABoundedNumberOfLettersAndSaysWhereItStands() throws Exception {
        // Given: one that fits behind more than a page looks at
        int letters = DeadLetters.LOOKED_AT + 1;
        Intake intake = spool.intake("accounts", "file");
        for (int i = 1; i <= letters; i++) {
            Content content = Content.record(bytes(i == letters ? "needle" : "hay"));
            intake.append(
                    List.of(new Outcome.Dead(new DeadRecord("" + i, DeadLetterCode.MAPPING, "no", content))),
                    ResumePoint.NONE);
        }
        intake.flush();
        DeadLetterFilter needle = new LettersThat().haveText("needle").filter();

        // When
        DeadLetterPage first = spool.deadLetters().page(needle, 0, 10);
        DeadLetterPage second = spool.deadLetters().page(needle, first.next(), 10);

        // Then
        assertThat(first.letters()).isEmpty();
        assertThat(first.total()).isEqualTo(DeadLetterPage.UNKNOWN);
        assertThat(second.letters())
                .extracting(letter -> letter.origin().position())
                .containsExactly("" + letters);
        assertThat(second.next()).isEqualTo(DeadLetterPage.END);
        assertThat(spool.deadLetters().count(needle)).isEqualTo(1);
    }

    @Test
    void deadLettersAreCountedByTheirTrouble() throws Exception {
        // Given
        for (String reason : List.of("mrr: \"n/a\"", "name: is absent", "mrr: \"?\"")) {
            spool.intake("accounts", "file")
                    .append(
                            List.of(new Outcome.Dead(new DeadRecord(
                                    reason, DeadLetterCode.CONTRACT, reason, Content.record(bytes("{}"))))),
                            ResumePoint.NONE);
        }
        spool.flush();

        // When, Then
        LetterGroup mrr = new LetterGroup("accounts", DeadLetterCode.CONTRACT, 0, "mrr: …", 2);
        LetterGroup name = new LetterGroup("accounts", DeadLetterCode.CONTRACT, 0, "name: is absent", 1);
        assertThat(spool.deadLetters().groups(DeadLetterFilter.ALL)).containsExactly(mrr, name);
        assertThat(spool.deadLetters().groups(reason("name"))).containsExactly(name);
        assertThat(spool.deadLetters().groups(reason("\"?\"")))
                .containsExactly(new LetterGroup("accounts", DeadLetterCode.CONTRACT, 0, "mrr: …", 1));
        assertThat(spool.deadLetters().groups(DeadLetterFilter.ofIntegration("users")))
                .isEmpty();
    }

    private static DeadLetterFilter reason(String reason) {
        return new LettersThat().haveReason(reason).filter();
    }

    @Test
    void aReplayedLetterIsPendingInTheUnitItCameFrom() throws Exception {
        // Given
        deadLetter("bad");
        long id = letters(DeadLetterFilter.ALL).get(0).id();

        // When
        List<Long> replayed = spool.deadLetters()
                .replay(List.of(id), letter -> List.of(message("good").message()));
        crash();

        // Then
        assertThat(replayed).containsExactly(id);
        assertThat(letters(DeadLetterFilter.ALL)).isEmpty();
        assertThat(spool.deadLetters().get(id)).isEmpty();
        assertThat(all()).containsExactly("good");
        assertThat(units(UnitFilter.ALL))
                .extracting(UnitCounts::unit, UnitCounts::counts)
                .containsExactly(tuple("file", new Counts(1, 0, 0, 0)));
    }

    @Test
    void aLetterThatFailsAgainHasItsHistory() throws Exception {
        // Given
        deadLetter("bad");
        DeadLetter first = letters(DeadLetterFilter.ALL).get(0);
        replayAndRefuse(first, "mended");
        DeadLetter second = letters(DeadLetterFilter.ALL).get(0);

        // When
        replayAndRefuse(second, "mended again");

        // Then
        DeadLetter third = letters(DeadLetterFilter.ALL).get(0);
        assertThat(third.history())
                .extracting(Earlier::at, Earlier::reason, Earlier::status)
                .containsExactly(
                        tuple(first.at(), first.refusal().reason(), 0),
                        tuple(second.at(), REFUSAL.reason(), REFUSAL.status()));
        assertThat(third.content().bytes()).isEqualTo(bytes("mended again"));
    }

    private void replayAndRefuse(DeadLetter letter, String content) throws InterruptedException {
        spool.deadLetters()
                .replay(List.of(letter.id()), each -> List.of(message(content).message()));
        crash();
        Lane lane = laneOf(content);
        lane.settle(List.of(Settled.dead(poll(lane, 1).get(0), REFUSAL)));
        crash();
    }

    @Test
    void noLetterIsReplayedTwiceWhoeverAsksAtTheSameTime() throws Exception {
        // Given
        String[] bad = numbered(20);
        for (String each : bad) {
            deadLetter(each);
        }
        List<Long> ids =
                letters(DeadLetterFilter.ALL).stream().map(DeadLetter::id).toList();

        // When
        List<CompletableFuture<List<Long>>> replays = Stream.generate(() -> CompletableFuture.supplyAsync(() -> {
                    try {
                        return spool.deadLetters().replay(ids, letter -> {
                            String content = new String(letter.content().bytes(), UTF_8);
                            return List.of(message(content).message());
                        });
                    } catch (InterruptedException e) {
                        throw new AssertionError(e);
                    }
                }))
                .limit(4)
                .toList();
        List<Long> replayed =
                replays.stream().flatMap(each -> each.join().stream()).toList();

        // Then
        assertThat(replayed).containsExactlyInAnyOrderElementsOf(ids);
        assertThat(all()).containsExactlyInAnyOrder(bad);
        assertThat(counts()).isEqualTo(new Counts(20, 0, 0, 0));
    }

    @Test
    void aLetterOfWhichNothingIsMadeStaysOne() throws Exception {
        // Given
        deadLetter("bad");
        long id = letters(DeadLetterFilter.ALL).get(0).id();

        // When
        List<Long> replayed = spool.deadLetters().replay(List.of(id, id + 1), letter -> List.of());

        // Then
        assertThat(replayed).isEmpty();
        assertThat(letters(DeadLetterFilter.ALL)).hasSize(1);
    }

    @Test
    void discardedLettersAreCounted() throws Exception {
        // Given
        deadLetter("bad");
        deadLetter("worse");
        long id = letters(DeadLetterFilter.ALL).get(0).id();

        // When
        List<Long> discarded = spool.deadLetters().discard(List.of(id, id, id + 100));
        crash();

        // Then
        assertThat(discarded).containsExactly(id);
        assertThat(letters(DeadLetterFilter.ALL)).hasSize(1);
        assertThat(counts()).isEqualTo(new Counts(2, 0, 1, 1, 0));
    }

    /** Flushed. */
    private void deadLetter(String content) throws InterruptedException {
        spool.intake("accounts", "file")
                .append(
                        List.of(new Outcome.Dead(new DeadRecord(
                                content, DeadLetterCode.CONTRACT, "is " + content, Content.record(bytes(content))))),
                        ResumePoint.NONE);
        spool.flush();
    }

    // ---- helpers

    private void append(String unit, String... contents) throws InterruptedException {
        Outcome.Appended[] messages = new Outcome.Appended[contents.length];
        for (int i = 0; i < contents.length; i++) {
            messages[i] = message(contents[i]);
        }
        append(unit, messages);
    }

    private void append(String unit, Outcome.Appended... messages) throws InterruptedException {
        Intake intake = spool.intake("accounts", unit);
        for (Outcome.Appended each : messages) {
            String content = new String(each.message().json(), UTF_8);
            intake.append(List.of(each), () -> "behind " + content);
        }
        intake.flush();
    }

    private static Outcome.Appended message(String content) {
        return message(content, content);
    }

    private static Outcome.Appended message(String entity, String content) {
        return new Outcome.Appended(
                new Message(MessageType.USER, "id of " + content, entity, bytes(content)), "line of " + content);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }

    private static String[] numbered(int count) {
        return IntStream.range(0, count).mapToObj(i -> "message " + i).toArray(String[]::new);
    }

    /** Opens the lane in which a message is. */
    private Lane laneOf(String content) throws InterruptedException {
        for (int number = 0; number < LANES; number++) {
            if (contents(rest(spool.lanes().open(number))).contains(content)) {
                return spool.lanes().open(number);
            }
        }
        throw new AssertionError("no lane has " + content);
    }

    private static List<Pending> poll(Lane lane, int count) throws InterruptedException {
        List<Pending> polled = new ArrayList<>();
        while (polled.size() < count) {
            List<Pending> some = lane.poll(count - polled.size(), PATIENTLY);
            assertThat(some).as("polled").isNotEmpty();
            polled.addAll(some);
        }
        return polled;
    }

    private static List<Pending> rest(Lane lane) throws InterruptedException {
        List<Pending> rest = new ArrayList<>();
        for (List<Pending> some = lane.poll(100, AT_ONCE); !some.isEmpty(); some = lane.poll(100, AT_ONCE)) {
            rest.addAll(some);
        }
        return rest;
    }

    private List<Pending> allPending() throws InterruptedException {
        List<Pending> all = new ArrayList<>();
        for (int lane = 0; lane < LANES; lane++) {
            all.addAll(rest(spool.lanes().open(lane)));
        }
        return all;
    }

    private List<String> all() throws InterruptedException {
        return contents(allPending());
    }

    private static List<String> contents(List<Pending> messages) {
        return messages.stream()
                .map(message -> new String(message.json(), UTF_8))
                .toList();
    }

    private Counts counts() {
        return spool.ledger().totals();
    }

    private List<UnitCounts> units(UnitFilter filter) {
        return spool.ledger().units(filter, null, 1000).units();
    }

    private List<String> names(UnitFilter filter) {
        return units(filter).stream().map(UnitCounts::unit).toList();
    }

    private List<DeadLetter> letters(DeadLetterFilter filter) {
        return spool.deadLetters().page(filter, 0, 1000).letters();
    }
}

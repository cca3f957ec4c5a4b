package io.vitallyrelay.delivery;

import static io.vitallyrelay.TemporarySpool.numbered;
import static io.vitallyrelay.TemporarySpool.texts;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vitallyrelay.TemporarySpool;
import io.vitallyrelay.message.MessageType;
import io.vitallyrelay.spool.Content;
import io.vitallyrelay.spool.DeadLetter;
import io.vitallyrelay.spool.DeadLetterCode;
import io.vitallyrelay.spool.UnitCounts;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.IntPredicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(20)
class DeliveryTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Answer SUCCESS = new Answer(200, "{\"message\":\"Success.\"}");
    private static final Answer AWAY = new Answer(503, "away");
    private static final BackOff HARDLY_ANY = new BackOff(Duration.ofMillis(1), Duration.ofMillis(1), new Random(3));
    private static final BackOff HOURS = new BackOff(Duration.ofHours(9), Duration.ofHours(9), new Random(3));

    private static final Batch.Limits ROOMY = new Batch.Limits(1000, 1_000_000, 1000);

    @TempDir
    Path folder;

    private final Stop stop = new Stop();
    private final ByteLimit byteLimit = new ByteLimit();
    private final BlockedTypes blockedTypes = new BlockedTypes();
    private Instant now = Instant.parse("2026-01-31T00:00:00Z");
    private long ticks;
    private long ages;
    private final Gate gate =
            new Gate(new Gate.Options(4, 0, Duration.ofMinutes(1), () -> now, () -> ticks, new Random(3)), stop);
    private final List<String> requests = new ArrayList<>();
    private final List<Verdict> verdicts = new ArrayList<>();
    private final LaneStates lanes = new LaneStates(1);
    private final LastBatches batches = new LastBatches(1, () -> now);
    private final Tap tap = new Tap(1, false, () -> now, () -> ticks);
    private TemporarySpool spool;
    private Verdict doubtful = Verdict.DELIVERED;
    private boolean holdBlocked;

    /** Answers a request; a null stands for no answer. */
    private interface Endpoint {
        Answer answer(String body) throws IOException;
    }

    @BeforeEach
    void open() {
        spool = new TemporarySpool(folder);
    }

    @AfterEach
    void close() {
        spool.close();
    }

    @Test
    void settlesAllThatTheEndpointTook() throws Exception {
        // Given
        Delivery delivery = delivery(numbered(0, 100));

        // When
        run(delivery, body -> SUCCESS);

        // Then
        assertThat(counts())
                .extracting(UnitCounts::delivered, UnitCounts::pending)
                .containsExactly(100L, 0L);
    }

    @Test
    void sendsABatchThatIsTakenOnce() throws Exception {
        // Given
        Delivery delivery = delivery(numbered(0, 3));

        // When
        run(delivery, body -> SUCCESS);

        // Then
        assertThat(requests).containsExactly("[{\"n\":0},{\"n\":1},{\"n\":2}]");
    }

    @Test
    void isOverWhenNothingIsLeft() throws Exception {
        // Given
        Delivery delivery = delivery(numbered(0, 3));

        // When
        run(delivery, body -> SUCCESS);

        // Then
        assertThat(delivery.unsettled()).isEmpty();
    }

    @Test
    void findsOneBadMessageOfAHundredInFifteenRequests() throws Exception {
        for (int bad : List.of(0, 37, 62, 99)) {
            // Given
            requests.clear();
            Delivery delivery = delivery(numbered(0, 100));

            // When
            run(delivery, refuses(n -> n == bad));

            // Then
            assertThat(requests).as("message %s is bad", bad).hasSizeLessThanOrEqualTo(15);
        }
    }

    @Test
    void deliversAllButTheOneBadMessage() throws Exception {
        // Given
        Delivery delivery = delivery(numbered(0, 100));

        // When
        run(delivery, refuses(n -> n == 37));

        // Then
        assertThat(counts())
                .extracting(UnitCounts::delivered, UnitCounts::dead, UnitCounts::pending)
                .containsExactly(99L, 1L, 0L);
    }

    @Test
    void saysOfADeadLetterWhatTheEndpointAnswered() throws Exception {
        // Given
        Delivery delivery = delivery(numbered(0, 4));

        // When
        run(delivery, refuses(n -> n == 2));

        // Then: sent with four, and alone; that it is in the second half was clear when the first was taken
        assertThat(spool.deadLetters()).singleElement().satisfies(letter -> {
            assertThat(new String(letter.content().bytes(), StandardCharsets.UTF_8))
                    .isEqualTo("{\"n\":2}");
            assertThat(letter.content().form()).isEqualTo(Content.Form.MESSAGE);
            assertThat(letter.refusal().status()).isEqualTo(400);
            assertThat(letter.refusal().answer()).isEqualTo("refused: 2");
            assertThat(letter.refusal().attempts()).isEqualTo(2);
            assertThat(letter.refusal().reason()).contains("400");
        });
    }

    @Test
    void keepsOrderAndBytesInTheHalves() throws Exception {
        // Given
        Delivery delivery = delivery("{\"n\":0, \"id\":\"a\"}", "{\"n\":1,\"id\":\"ü\"}", "{\"n\":2}");

        // When
        run(delivery, refuses(n -> n == 1));

        // Then
        assertThat(requests)
                .containsExactly(
                        "[{\"n\":0, \"id\":\"a\"},{\"n\":1,\"id\":\"ü\"},{\"n\":2}]",
                        "[{\"n\":0, \"id\":\"a\"}]",
                        "[{\"n\":1,\"id\":\"ü\"}]",
                        "[{\"n\":2}]");
    }

    @Test
    void deliversInOrderWhateverIsRefused() throws Exception {
        // Given
        Delivery delivery = delivery(numbered(0, 100));
        List<Integer> delivered = new ArrayList<>();
        IntPredicate bad = n -> n % 7 == 3;

        // When
        run(delivery, body -> {
            Answer answer = refuses(bad).answer(body);
            if (answer == SUCCESS) {
                JSON.readTree(body)
                        .forEach(message -> delivered.add(message.get("n").intValue()));
            }
            return answer;
        });

        // Then
        assertThat(delivered).isSorted().hasSize(86);
    }

    @Test
    void needsTwoRequestsForEachMessageAtMost() throws Exception {
        // Given
        Delivery delivery = delivery(numbered(0, 100));

        // When
        run(delivery, refuses(n -> true));

        // Then
        assertThat(requests).hasSizeLessThanOrEqualTo(199);
        assertThat(counts()).extracting(UnitCounts::dead, UnitCounts::pending).containsExactly(100L, 0L);
    }

    @Test
    void sendsTheSameBytesAgainAfterAnOutage() throws Exception {
        // Given
        Delivery delivery = delivery(numbered(0, 100));

        // When
        run(delivery, body -> requests.size() < 4 ? AWAY : SUCCESS);

        // Then
        assertThat(requests).hasSize(4).containsOnly(requests.get(0));
    }

    @Test
    void makesNoDeadLettersOfAnOutage() throws Exception {
        // Given
        Delivery delivery = delivery(numbered(0, 100));

        // When
        run(delivery, body -> requests.size() < 4 ? AWAY : SUCCESS);

        // Then
        assertThat(counts()).extracting(UnitCounts::delivered, UnitCounts::dead).containsExactly(100L, 0L);
    }

    @Test
    void sendsAgainWhatWasNotAnswered() throws Exception {
        // Given
        Delivery delivery = delivery(numbered(0, 100));

        // When
        run(delivery, body -> requests.size() < 3 ? null : SUCCESS);

        // Then
        assertThat(requests).hasSize(3).containsOnly(requests.get(0));
        assertThat(counts()).extracting(UnitCounts::delivered, UnitCounts::dead).containsExactly(100L, 0L);
    }

    @Test
    void keepsWhatIsSettledWhenTheOtherHalfHasToWait() throws Exception {
        // Given
        Delivery delivery = delivery(numbered(0, 4));

        // When: the batch is too large, its first half taken, its second half taken after an outage
        List<Answer> answers = List.of(new Answer(413, ""), SUCCESS, AWAY, SUCCESS);
        run(delivery, body -> answers.get(requests.size() - 1));

        // Then
        assertThat(requests)
                .containsExactly(
                        "[{\"n\":0},{\"n\":1},{\"n\":2},{\"n\":3}]",
                        "[{\"n\":0},{\"n\":1}]",
                        "[{\"n\":2},{\"n\":3}]",
                        "[{\"n\":2},{\"n\":3}]");
    }

    @Test
    void triesUntilTheAgeIsReached() throws Exception {
        // Given
        Delivery delivery = delivery(HARDLY_ANY, Duration.ofMinutes(10), numbered(0, 2));

        send(delivery, AWAY);

        // When
        ages += Duration.ofMinutes(10).toNanos();
        send(delivery, AWAY);

        // Then
        assertThat(counts()).extracting(UnitCounts::dead, UnitCounts::pending).containsExactly(0L, 2L);
    }

    @Test
    void givesUpAfterTheAge() throws Exception {
        // Given
        Delivery delivery = delivery(HARDLY_ANY, Duration.ofMinutes(10), numbered(0, 2));
        send(delivery, AWAY);

        // When
        ages += Duration.ofMinutes(10).plusMillis(1).toNanos();
        send(delivery, AWAY);

        // Then
        assertThat(spool.deadLetters())
                .hasSize(2)
                .extracting(DeadLetter::refusal)
                .allSatisfy(refusal -> {
                    assertThat(refusal.reason())
                            .contains("not delivered within PT10M")
                            .contains("503");
                    assertThat(refusal.attempts()).isEqualTo(2);
                });
        assertThat(delivery.unsettled()).isEmpty();
    }

    @Test
    void givesUpAfterTheAgeAlsoWhereNobodyAnswers() throws Exception {
        // Given
        Delivery delivery = delivery(HARDLY_ANY, Duration.ofMinutes(10), numbered(0, 1));

        send(delivery, null);

        // When
        ages += Duration.ofMinutes(11).toNanos();
        send(delivery, null);

        // Then
        assertThat(spool.deadLetters()).singleElement().satisfies(letter -> {
            assertThat(letter.refusal().status()).isZero();
            assertThat(letter.refusal().answer()).isNull();
            assertThat(letter.refusal().reason()).contains("connection refused");
        });
    }

    @Test
    void saysWhenAMessageWasSentFirstThroughARetryAndSplits() throws Exception {
        // Given
        Delivery delivery = delivery(numbered(0, 4));
        Instant first = now;
        send(delivery, AWAY);

        // When
        run(delivery, body -> {
            now = now.plusSeconds(60);
            return refuses(n -> n == 2).answer(body);
        });

        // Then
        assertThat(spool.deadLetters()).singleElement().satisfies(letter -> {
            assertThat(letter.refusal().code()).isEqualTo(DeadLetterCode.REFUSED);
            assertThat(letter.refusal().attempts()).isEqualTo(3);
            assertThat(letter.refusal().firstSent()).isEqualTo(first);
        });
    }

    @Test
    void saysThatAMessageExpiredAndWhenItWasSentFirst() throws Exception {
        // Given
        Delivery delivery = delivery(HARDLY_ANY, Duration.ofMinutes(10), numbered(0, 1));
        Instant first = now;
        send(delivery, AWAY);
        now = now.plus(Duration.ofMinutes(11));
        ages += Duration.ofMinutes(11).toNanos();

        // When
        send(delivery, AWAY);

        // Then
        assertThat(spool.deadLetters()).singleElement().satisfies(letter -> {
            assertThat(letter.refusal().code()).isEqualTo(DeadLetterCode.EXPIRED);
            assertThat(letter.refusal().firstSent()).isEqualTo(first);
        });
    }

    @Test
    void stopsWaitingAtOnceWhenTheServiceStops() throws Exception {
        // Given
        Delivery delivery = delivery(HOURS, null, numbered(0, 2));
        send(delivery, AWAY);
        CompletableFuture<Boolean> waiting = CompletableFuture.supplyAsync(() -> {
            try {
                return delivery.goesOn();
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        });

        // When
        stop.now();

        // Then
        assertThat(waiting.get(10, TimeUnit.SECONDS)).isFalse();
    }

    @Test
    void leavesUnsettledWhatFailsWhenTheServiceStops() throws Exception {
        // Given
        Delivery delivery = delivery(numbered(0, 2));

        // When
        send(delivery, AWAY);
        stop.now();

        // Then
        assertThat(delivery.goesOn()).isFalse();
        assertThat(texts(delivery.unsettled())).containsExactly("{\"n\":0}", "{\"n\":1}");
    }

    @Test
    void isDoneAgainAfterARestart() throws Exception {
        // Given
        Delivery delivery = delivery(numbered(0, 4));
        send(delivery, new Answer(400, ""));
        send(delivery, SUCCESS);
        send(delivery, AWAY);

        // When
        stop.now();
        spool.close();
        spool = new TemporarySpool(folder);

        // Then
        assertThat(spool.rest()).containsExactly("{\"n\":2}", "{\"n\":3}");
    }

    @Test
    void isDoneWhileTheLanesSendWhatTheyHaveInHand() throws Exception {
        // Given
        stop.to(Stop.Step.LANES);
        Delivery delivery = delivery(numbered(0, 2));

        // When
        run(delivery, body -> SUCCESS);

        // Then
        assertThat(counts().delivered()).isEqualTo(2);
    }

    @Test
    void makesNoDeadLetterOfARequestThatTheStopCutOff() throws Exception {
        // Given
        Delivery delivery = delivery(HARDLY_ANY, Duration.ofMinutes(10), numbered(0, 2));
        send(delivery, AWAY);
        ages += Duration.ofHours(1).toNanos();
        delivery.nextBody();

        // When
        stop.now();
        delivery.unanswered("connection closed");

        // Then
        assertThat(spool.deadLetters()).isEmpty();
    }

    @Test
    void sendsNothingOnceNobodyWaits() throws Exception {
        // Given
        Delivery delivery = delivery(numbered(0, 2));

        // When
        stop.now();

        // Then
        assertThat(delivery.goesOn()).isFalse();
    }

    @Test
    void tellsEachVerdict() throws Exception {
        // Given
        Delivery delivery = delivery(numbered(0, 2));

        // When
        List<Answer> answers = List.of(AWAY, new Answer(400, ""), SUCCESS, new Answer(422, ""));
        run(delivery, body -> answers.get(requests.size() - 1));

        // Then
        assertThat(verdicts).containsExactly(Verdict.RETRY, Verdict.SPLIT, Verdict.DELIVERED, Verdict.REJECTED);
    }

    @Test
    void findsThreeBadMessagesOfAHundredInFewRequests() throws Exception {
        // Given
        Delivery delivery = delivery(numbered(0, 100));

        // When
        run(delivery, refuses(n -> n == 20 || n == 50 || n == 90));

        // Then: log2 of the choices of 3 out of 100 is 17.3
        assertThat(requests).hasSizeLessThanOrEqualTo(35);
        assertThat(counts().dead()).isEqualTo(3);
    }

    @Test
    void cutsWhatIsTooLargeByItsBytes() throws Exception {
        // Given
        String large = "{\"x\":\"" + "x".repeat(1000) + "\"}";
        Delivery delivery = delivery(large, "{}", "{}", "{}");

        // When
        run(delivery, body -> body.length() > 1015 ? new Answer(413, "") : SUCCESS);

        // Then
        assertThat(requests).hasSize(3).element(1).isEqualTo("[" + large + "]");
    }

    @Test
    void learnsWhatIsTooLargeForTheBatchesThatFollow() throws Exception {
        // Given
        Endpoint takesLittle = body -> body.length() > 500 ? new Answer(413, "") : SUCCESS;
        run(delivery(numbered(10, 90)), takesLittle);
        requests.clear();

        // When
        run(delivery(numbered(10, 90)), takesLittle);

        // Then
        assertThat(requests).isNotEmpty().allSatisfy(body -> assertThat(body).hasSizeLessThanOrEqualTo(500));
    }

    @Test
    void holdsWhileTheTokenIsRefusedAndGoesOnByItself() throws Exception {
        // Given
        Delivery delivery = delivery(HARDLY_ANY, Duration.ofMinutes(1), numbered(0, 100));

        // When: half an hour of it
        for (int minute = 0; minute < 30; minute++) {
            ages += Duration.ofMinutes(1).toNanos();
            send(delivery, new Answer(401, "who are you?"));
        }
        boolean held = !gate.holds().isEmpty();
        run(delivery, body -> SUCCESS);

        // Then
        assertThat(held).isTrue();
        assertThat(gate.holds()).isEmpty();
        assertThat(counts()).extracting(UnitCounts::delivered, UnitCounts::dead).containsExactly(100L, 0L);
    }

    @Test
    void saysWhyAndSinceWhenItHolds() throws Exception {
        // Given
        Instant since = now;
        Delivery delivery = delivery(numbered(0, 1));

        // When
        send(delivery, new Answer(403, ""));
        now = now.plusSeconds(60);
        send(delivery, new Answer(403, ""));

        // Then
        assertThat(gate.holds()).containsExactly(Hold.byEndpoint("the endpoint answers 403", since));
    }

    @Test
    void waitsAsLongAsTheEndpointAsks() throws Exception {
        // Given
        Delivery delivery = delivery(numbered(0, 1));
        send(delivery, new Answer(429, "", false, Duration.ofMinutes(3)));

        // When
        long wait = gate.tryEnter("another lane");

        // Then
        assertThat(Duration.ofNanos(wait)).isEqualTo(Duration.ofMinutes(3));
    }

    @Test
    void makesNoDeadLettersOfARateLimitHoweverLong() throws Exception {
        // Given
        Delivery delivery = delivery(HARDLY_ANY, Duration.ofMinutes(1), numbered(0, 1));

        // When
        for (int hour = 0; hour < 9; hour++) {
            ages += Duration.ofHours(1).toNanos();
            send(delivery, new Answer(429, ""));
        }

        // Then
        assertThat(counts().dead()).isZero();
    }

    @Test
    void takesADoubtfulSuccessForOne() throws Exception {
        // Given
        Delivery delivery = delivery(numbered(0, 2));

        // When
        run(delivery, body -> new Answer(200, "OK", true, null));

        // Then
        assertThat(verdicts).containsExactly(Verdict.DELIVERED);
    }

    @ParameterizedTest
    @EnumSource(
            value = Verdict.class,
            names = {"DELIVERED", "RETRY", "HOLD"})
    void takesASuccessThatSpeaksOfErrorsAsConfigured(Verdict configured) throws Exception {
        // Given
        doubtful = configured;

        // When
        send(delivery(numbered(0, 2)), new Answer(207, "", AnswerBody.ERRORS, null));

        // Then
        assertThat(verdicts).containsExactly(configured);
    }

    @Test
    void holdsAllLanesWhereAPageIsAnsweredAndSettlesNothing() throws Exception {
        // When
        send(delivery(numbered(0, 2)), new Answer(200, "<html>", AnswerBody.PAGE, null));

        // Then
        assertThat(gate.holds())
                .singleElement()
                .extracting(Hold::reason)
                .asString()
                .contains("web page");
        assertThat(counts())
                .extracting(UnitCounts::delivered, UnitCounts::pending)
                .containsExactly(0L, 2L);
    }

    @Test
    void sendsAgainAfterADoubtfulSuccessWhereConfigured() throws Exception {
        // Given
        doubtful = Verdict.RETRY;
        Delivery delivery = delivery(numbered(0, 2));

        // When
        run(delivery, body -> requests.size() == 1 ? new Answer(200, "OK", true, null) : SUCCESS);

        // Then
        assertThat(verdicts).containsExactly(Verdict.RETRY, Verdict.DELIVERED);
    }

    @Test
    void doesNotTakeABatchOfBadMessagesForABlockedTypeWhenGoodOnesFollow() throws Exception {
        // Given
        run(delivery(numbered(0, 100)), refuses(n -> true));

        // When
        appendUsers(100, 100);
        run(next(100), refuses(n -> n < 150));

        // Then
        assertThat(counts()).extracting(UnitCounts::delivered, UnitCounts::dead).containsExactly(50L, 150L);
    }

    @Test
    void doesNotBisectEachBatchOfABlockedType() throws Exception {
        // Given
        run(delivery(numbered(0, 100)), refuses(n -> true));
        requests.clear();

        // When
        appendUsers(100, 100);
        run(next(100), refuses(n -> true));

        // Then
        assertThat(requests).hasSize(3);
        assertThat(counts()).extracting(UnitCounts::dead, UnitCounts::pending).containsExactly(200L, 0L);
    }

    @Test
    void saysThatTheRestOfABlockedTypeWasNeverSent() throws Exception {
        // Given
        run(delivery(numbered(0, 100)), refuses(n -> true));
        appendUsers(100, 100);

        // When
        run(next(100), refuses(n -> true));

        // Then
        assertThat(spool.deadLetters().subList(103, 200)).allSatisfy(letter -> {
            assertThat(letter.refusal().code()).isEqualTo(DeadLetterCode.REFUSED);
            assertThat(letter.refusal().reason()).startsWith("not sent, as the endpoint refuses every message");
            assertThat(letter.refusal().status()).isEqualTo(400);
            assertThat(letter.refusal().attempts()).isZero();
            assertThat(letter.refusal().firstSent()).isNull();
        });
    }

    @Test
    void sendsOnlyAFewMessagesOfABlockedTypeAndAllOthers() throws Exception {
        // Given
        run(delivery(numbered(0, 100)), refuses(n -> true));
        requests.clear();
        appendUsers(100, 50);
        spool.append(MessageType.ACCOUNT, "account:1", numbered(900, 1));

        // When
        run(next(51), refuses(n -> n < 900));

        // Then
        assertThat(requests).hasSize(4).last().isEqualTo("[{\"n\":900}]");
        assertThat(counts().delivered()).isEqualTo(1);
    }

    @Test
    void takesATypeForUsableAgainOnceAMessageOfItIsTaken() throws Exception {
        // Given
        run(delivery(numbered(0, 100)), refuses(n -> true));
        appendUsers(100, 100);

        // When
        run(next(100), body -> SUCCESS);

        // Then
        assertThat(blockedTypes.all()).isEmpty();
        assertThat(counts().delivered()).isEqualTo(100);
    }

    @Test
    void holdsForABlockedTypeWhereConfigured() throws Exception {
        // Given
        holdBlocked = true;
        run(delivery(numbered(0, 100)), refuses(n -> true));
        appendUsers(100, 100);
        Delivery delivery = next(100);

        // When
        send(delivery, new Answer(400, "blocked"));

        // Then
        assertThat(gate.holds())
                .extracting(Hold::reason)
                .containsExactly("the endpoint refuses every message of type user");
        assertThat(counts().pending()).isEqualTo(100);
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 401})
    void countsTheAgeFromTheLastAnswer(int other) throws Exception {
        // Given
        Delivery delivery = delivery(HARDLY_ANY, Duration.ofMinutes(10), numbered(0, 2));
        send(delivery, AWAY);
        ages += Duration.ofMinutes(9).toNanos();
        send(delivery, new Answer(other, "no"));

        // When
        ages += Duration.ofMinutes(9).toNanos();
        send(delivery, AWAY);

        // Then
        assertThat(counts().dead()).isZero();
    }

    @Test
    void countsTheAgeOfEachHalfAnew() throws Exception {
        // Given
        Delivery delivery = delivery(HARDLY_ANY, Duration.ofMinutes(10), numbered(0, 4));
        send(delivery, new Answer(400, "no"));
        send(delivery, AWAY);
        ages += Duration.ofMinutes(9).toNanos();
        send(delivery, SUCCESS);

        // When
        ages += Duration.ofMinutes(9).toNanos();
        send(delivery, AWAY);

        // Then
        assertThat(counts()).extracting(UnitCounts::delivered, UnitCounts::dead).containsExactly(2L, 0L);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void tellsTheGateOfARefusalThatTheEndpointAnswers(int messages) throws Exception {
        // Given
        Delivery delivery = delivery(numbered(0, messages));
        for (int i = 0; i < Breaker.FAILURES; i++) {
            send(delivery, AWAY);
        }

        // When
        send(delivery, new Answer(400, "no"));

        // Then
        ticks += Duration.ofDays(1).toNanos();
        assertThat(gate.tryEnter("another lane")).isZero();
    }

    @ParameterizedTest
    @ValueSource(ints = {429, 503})
    void doesNotCountAsAFailureWhereTheEndpointSaysHowLongToWait(int status) throws Exception {
        // Given
        BackOff growing = new BackOff(Duration.ofMillis(1), Duration.ofHours(9), new Random(3));
        Delivery delivery = delivery(growing, null, numbered(0, 2));
        for (int i = 0; i < 30; i++) {
            send(delivery, new Answer(status, "", false, Duration.ofSeconds(1)));
        }

        // When
        send(delivery, new Answer(status, ""));

        // Then
        assertThat(gate.tryEnter(delivery)).isLessThan(Duration.ofSeconds(1).toNanos());
    }

    @Test
    void sendsAccountsBeforeTheirUsers() throws Exception {
        // Given
        spool.append(MessageType.USER, "user:1", "{\"n\":1}");
        spool.append(MessageType.ACCOUNT, "account:1", "{\"n\":2}");

        // When
        run(next(2), body -> SUCCESS);

        // Then
        assertThat(requests).containsExactly("[{\"n\":2},{\"n\":1}]");
    }

    @Test
    void doesNotCutWhatIsAsSmallAsOneThatWasTaken() throws Exception {
        // Given
        run(delivery(numbered(10, 50)), body -> SUCCESS);
        Endpoint takesMuch = body -> body.length() > 500 ? new Answer(413, "") : SUCCESS;
        run(delivery(numbered(10, 90)), takesMuch);
        requests.clear();

        // When
        run(delivery(numbered(10, 50)), takesMuch);

        // Then
        assertThat(requests).hasSize(1);
    }

    private void appendUsers(int from, int count) throws InterruptedException {
        String[] users = numbered(from, count);
        for (int i = 0; i < count; i++) {
            spool.append(MessageType.USER, "user:" + (from + i), users[i]);
        }
    }

    @Test
    void saysThatARequestIsUnderWay() throws Exception {
        // Given
        Delivery delivery = delivery("{\"n\":0}", "{\"n\":1}");

        // When
        goesOn(delivery);

        // Then
        assertThat(lanes.of(0).now()).isEqualTo(new LaneState.Now(LaneState.Doing.SENDING, 2, null));
    }

    @Test
    void tellsWhatWasSentAndWhatCameOfIt() throws Exception {
        // Given
        Delivery delivery = delivery("{\"n\":0}", "{\"n\":1}");
        goesOn(delivery);
        delivery.nextBody();

        // When
        delivery.answered(new Answer(200, "{}"));

        // Then
        assertThat(batches.newest(10)).singleElement().satisfies(entry -> {
            assertThat(entry.posted().messages()).isEqualTo(2);
            assertThat(entry.posted().bytes()).isEqualTo(17);
            assertThat(entry.posted().verdict()).isEqualTo(Verdict.DELIVERED);
            assertThat(entry.posted().answer().status()).isEqualTo(200);
        });
    }

    @Test
    void tellsWhyThereWasNoAnswer() throws Exception {
        // Given
        Delivery delivery = delivery("{\"n\":0}");
        goesOn(delivery);
        delivery.nextBody();

        // When
        delivery.unanswered("Connection refused");

        // Then
        assertThat(batches.newest(10)).singleElement().satisfies(entry -> {
            assertThat(entry.posted().answer()).isNull();
            assertThat(entry.posted().failure()).isEqualTo("Connection refused");
        });
    }

    @Test
    void tellsOfEachMessageThatIsSettled() throws Exception {
        // Given
        Delivery delivery = delivery("{\"n\":0}", "{\"n\":1}");

        // When: the second one is bad
        run(delivery, body -> new Answer(body.contains("1") ? 400 : 200, "{}"));

        // Then
        assertThat(tap.newest(10)).extracting(Tap.Seen::delivered).containsExactly(false, true);
    }

    private Delivery next(int count) throws InterruptedException {
        Batch batch = new Batch(ROOMY);
        spool.take(count).forEach(batch::add);
        return delivery(batch, HARDLY_ANY, null);
    }

    private Delivery delivery(String... messages) throws InterruptedException {
        return delivery(HARDLY_ANY, null, messages);
    }

    private Delivery delivery(BackOff backOff, Duration maxAge, String... messages) throws InterruptedException {
        spool.append(messages);
        Batch batch = new Batch(ROOMY);
        spool.take(messages.length).forEach(batch::add);
        return delivery(batch, backOff, maxAge);
    }

    private Delivery delivery(Batch batch, BackOff backOff, Duration maxAge) {
        Delivery.Rules rules = new Delivery.Rules(
                backOff, maxAge, doubtful, holdBlocked, () -> now, () -> ages, stop, gate, byteLimit, blockedTypes);
        return new Delivery(
                batch,
                spool.lane(),
                lanes.of(0),
                new Parked(IntegrationHolds.none()),
                rules,
                new DeliveryListeners(List.of(batches, tap, posted -> verdicts.add(posted.verdict()))));
    }

    /** What the route does. */
    private void run(Delivery delivery, Endpoint endpoint) throws Exception {
        while (goesOn(delivery)) {
            requests.add(new String(delivery.nextBody(), StandardCharsets.UTF_8));
            answer(delivery, endpoint.answer(requests.get(requests.size() - 1)));
        }
    }

    private boolean goesOn(Delivery delivery) throws InterruptedException {
        ticks += Duration.ofDays(1).toNanos();
        return delivery.goesOn();
    }

    private void send(Delivery delivery, Answer answer) throws InterruptedException {
        assertThat(goesOn(delivery)).isTrue();
        requests.add(new String(delivery.nextBody(), StandardCharsets.UTF_8));
        answer(delivery, answer);
    }

    private static void answer(Delivery delivery, Answer answer) throws InterruptedException {
        if (answer == null) {
            delivery.unanswered("connection refused");
        } else {
            delivery.answered(answer);
        }
    }

    private static Endpoint refuses(IntPredicate bad) {
        return body -> {
            for (JsonNode message : JSON.readTree(body)) {
                if (bad.test(message.get("n").intValue())) {
                    return new Answer(400, "refused: " + message.get("n"));
                }
            }
            return SUCCESS;
        };
    }

    private UnitCounts counts() {
        return spool.units().get(0);
    }
}

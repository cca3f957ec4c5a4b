package io.vitallyrelay.delivery.camel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vitallyrelay.TemporarySpool;
import io.vitallyrelay.delivery.camel.DeliveryRoute.Limits;
import io.vitallyrelay.delivery.camel.DeliveryRoute.Options;
import io.vitallyrelay.sandbox.AnswersStatus;
import io.vitallyrelay.sandbox.Behaviour;
import io.vitallyrelay.sandbox.ClosesWithoutAnswer;
import io.vitallyrelay.sandbox.HangsBeforeAnswering;
import io.vitallyrelay.sandbox.RefusesMessagesThat;
import io.vitallyrelay.sandbox.Sandbox;
import io.vitallyrelay.sandbox.SandboxSettings;
import io.vitallyrelay.spool.UnitCounts;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntPredicate;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.apache.camel.Processor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class DeliveryRouteTest {
    private static final Duration NEVER = Duration.ofHours(1);
    private static final Duration SOON = Duration.ofMillis(50);
    private static final int ROOMY = 500_000;

    @TempDir
    Path folder;

    private final RecordsBatches batches = new RecordsBatches();
    private final List<AutoCloseable> open = new ArrayList<>();
    private TemporarySpool spool;
    private DeliveryRoute route;

    @AfterEach
    void close() throws Exception {
        for (int i = open.size() - 1; i >= 0; i--) {
            open.get(i).close();
        }
    }

    @Test
    void postsABatchAsSoonAsItHasAHundredMessages() throws Exception {
        // Given
        start(new Limits(100, NEVER, ROOMY));

        // When
        spool.append(messages(0, 250));

        // Then
        assertThat(batches.next()).isEqualTo(ids(0, 100));
        assertThat(batches.next()).isEqualTo(ids(100, 100));
    }

    @Test
    void postsABatchWhenTheLargestMessageDoesNotFitAnyMore() throws Exception {
        // Given
        int size = messages(10, 1)[0].length();
        start(new Limits(100, NEVER, 2 + 5 * (size + 1) + DeliveryRoute.MESSAGE_BYTES - 1));

        // When
        spool.append(messages(10, 12));

        // Then
        assertThat(batches.next()).isEqualTo(ids(10, 5));
        assertThat(batches.next()).isEqualTo(ids(15, 5));
    }

    @Test
    void postsABatchWhenTheWindowIsOver() throws Exception {
        // Given
        start(new Limits(100, SOON, ROOMY));

        // When
        spool.append(messages(0, 3));

        // Then
        assertThat(batches.next()).isEqualTo(ids(0, 3));
    }

    @Test
    void countsTheWindowFromTheFirstMessageAlthoughOthersTrickleIn() throws Exception {
        // Given
        Duration window = Duration.ofMillis(600);
        start(new Limits(100, window, ROOMY));
        long begun = System.nanoTime();

        // When: a message comes every 100 ms until there is a batch
        CompletableFuture<List<String>> batch = CompletableFuture.supplyAsync(this::nextBatch);
        AtomicInteger number = new AtomicInteger();
        await().pollInterval(Duration.ofMillis(100))
                .atMost(Duration.ofSeconds(10))
                .until(() -> {
                    spool.append(messages(number.getAndIncrement(), 1));
                    return batch.isDone();
                });

        // Then
        Duration took = Duration.ofNanos(System.nanoTime() - begun);
        assertThat(took).isBetween(window, window.multipliedBy(2));
        assertThat(batch.join()).hasSizeGreaterThan(2);
    }

    @Test
    void countsTheWindowOfTheNextBatchAnew() throws Exception {
        // Given
        start(new Limits(2, SOON, ROOMY));

        // When: the first batch is complete by its size, the second by the window
        spool.append(messages(0, 3));

        // Then
        assertThat(batches.next()).isEqualTo(ids(0, 2));
        assertThat(batches.next()).isEqualTo(ids(2, 1));
    }

    @Test
    void takesNoFurtherMessagesWhileABatchIsOnItsWay() throws Exception {
        // Given
        HangsBeforeAnswering hanging = new HangsBeforeAnswering(1);
        spool = open(new TemporarySpool(folder));
        spool.append(messages(0, 100));
        route(new Limits(10, NEVER, ROOMY), step -> step, batches, hanging);

        // When
        batches.next();

        // Then: the lane has its batch, and stays with it
        await().during(Duration.ofMillis(300))
                .atMost(Duration.ofSeconds(5))
                .untilAsserted(() -> assertThat(route.polled()).isEqualTo(10));
        hanging.release();
    }

    @Test
    void goesOnWhenTheEndpointAnswersAgain() throws Exception {
        // Given
        HangsBeforeAnswering hanging = new HangsBeforeAnswering(1);
        start(new Limits(10, NEVER, ROOMY), hanging);
        spool.append(messages(0, 30));
        batches.next();

        // When
        hanging.release();

        // Then
        assertThat(batches.next()).isEqualTo(ids(10, 10));
        assertThat(batches.next()).isEqualTo(ids(20, 10));
    }

    @Test
    void sendsTheSameAgainUntilItIsAnswered() throws Exception {
        // Given
        start(
                new Limits(10, NEVER, ROOMY),
                new AnswersStatus(503, 2),
                ClosesWithoutAnswer.beforeAccepting(1),
                new AnswersStatus(429, 1));

        // When
        spool.append(messages(0, 20));

        // Then
        for (int i = 0; i < 5; i++) {
            assertThat(batches.next()).isEqualTo(ids(0, 10));
        }
        assertThat(batches.next()).isEqualTo(ids(10, 10));
    }

    @Test
    void keepsTheAnswerOfARefusalWithTheDeadLetter() throws Exception {
        // Given
        start(
                new Limits(10, NEVER, ROOMY),
                new RefusesMessagesThat(
                        message -> message.path("messageId").asText().equals("m3")));

        // When
        spool.append(messages(0, 10));

        // Then
        await().until(() -> counts().pending() == 0);
        assertThat(spool.deadLetters()).singleElement().satisfies(letter -> {
            assertThat(letter.refusal().status()).isEqualTo(400);
            assertThat(letter.refusal().answer()).isEqualTo("{\"error\":\"message 0: refused on purpose\"}");
        });
        assertThat(counts().delivered()).isEqualTo(9);
    }

    @Test
    void deliversInOrderAfterAFailureInTheRoute() throws Exception {
        // Given
        spool = open(new TemporarySpool(folder));
        spool.append(messages(0, 35));
        route(new Limits(10, Duration.ofMillis(200), ROOMY), failingAt(n -> n == 1 || n == 3), batches);

        // When
        List<String> delivered = batches.next(35);

        // Then
        assertThat(delivered).isEqualTo(ids(0, 35));
    }

    @Test
    void deliversLaterWhatTheWindowCompletedAndTheRouteFailed() throws Exception {
        // Given
        spool = open(new TemporarySpool(folder));
        spool.append(messages(0, 5));
        route(new Limits(10, SOON, ROOMY), failingAt(n -> n == 1), batches);

        // When
        List<String> delivered = batches.next(5);

        // Then
        assertThat(delivered).isEqualTo(ids(0, 5));
    }

    @Test
    void letsNothingOvertakeABatchThatTheWindowCompletedAndTheRouteFailed() throws Exception {
        // Given: the route fails when the lane has the next message in hand
        spool = open(new TemporarySpool(folder));
        spool.append(messages(0, 3));
        AtomicInteger time = new AtomicInteger();
        UnaryOperator<Processor> failing = step -> exchange -> {
            if (time.incrementAndGet() == 1) {
                spool.append(messages(3, 1));
                await().until(() -> route.inFlight() == 2);
                throw new IllegalStateException("broken on purpose");
            }
            step.process(exchange);
        };

        // When
        route(new Limits(10, SOON, ROOMY), failing, batches);

        // Then
        assertThat(batches.next(4)).isEqualTo(ids(0, 4));
    }

    @Test
    void leavesABatchThatTheServiceStopsInThePendingOnes() throws Exception {
        // Given
        start(new Limits(10, NEVER, ROOMY), new AnswersStatus(503, Integer.MAX_VALUE));
        spool.append(messages(0, 10));
        batches.next();

        // When
        close();
        open.clear();

        // Then
        try (TemporarySpool restarted = new TemporarySpool(folder)) {
            assertThat(restarted.rest()).containsExactly(messages(0, 10));
        }
    }

    @Test
    void leavesAnOpenBatchPendingWhenTheServiceStops() throws Exception {
        // Given
        start(new Limits(10, NEVER, ROOMY));
        spool.append(messages(0, 10));
        batches.next();
        spool.append(messages(10, 3));
        await().until(() -> route.gathered() == 13);

        // When
        close();
        open.clear();

        // Then
        try (TemporarySpool restarted = new TemporarySpool(folder)) {
            assertThat(restarted.rest()).containsExactly(messages(10, 3));
        }
    }

    @Test
    void sendsAnOpenBatchWhenTheLanesStop() throws Exception {
        // Given
        start(new Limits(10, NEVER, ROOMY));
        spool.append(messages(0, 13));
        assertThat(batches.next()).isEqualTo(ids(0, 10));
        await().until(() -> route.gathered() == 13);

        // When
        boolean ended = route.drain();

        // Then
        assertThat(ended).isTrue();
        assertThat(batches.next()).isEqualTo(ids(10, 3));
        assertThat(counts().pending()).isZero();
    }

    @Test
    void takesNothingFurtherWhenTheLanesStop() throws Exception {
        // Given
        HangsBeforeAnswering hanging = new HangsBeforeAnswering(1);
        start(new Limits(10, NEVER, ROOMY), hanging);
        spool.append(messages(0, 35));
        batches.next();
        CompletableFuture<Boolean> drained = CompletableFuture.supplyAsync(this::drain);
        await().until(route::isDraining);

        // When
        hanging.release();

        // Then
        assertThat(drained.get(20, TimeUnit.SECONDS)).isTrue();
        assertThat(spool.rest()).containsExactly(messages(10, 25));
    }

    @Test
    void sendsNothingBehindABatchThatIsGivenUpWhenTheLanesStop() throws Exception {
        // Given a batch that the window completed, and a lane that has taken the next message meanwhile
        HangsBeforeAnswering hanging = new HangsBeforeAnswering(1);
        spool = open(new TemporarySpool(folder));
        spool.append(messages(0, 3));
        route(new Limits(10, SOON, ROOMY), failingAt(n -> n == 2), batches, hanging, new AnswersStatus(500, 1));
        batches.next();
        spool.append(messages(3, 1));
        CompletableFuture<Boolean> drained = CompletableFuture.supplyAsync(this::drain);
        await().until(route::isDraining);

        // When
        hanging.release();

        // Then
        assertThat(drained.get(20, TimeUnit.SECONDS)).isTrue();
        assertThat(counts().pending()).isEqualTo(4);
    }

    private void start(Limits limits, Behaviour... behaviours) throws Exception {
        spool = open(new TemporarySpool(folder));
        Behaviour[] all = new Behaviour[behaviours.length + 1];
        all[0] = batches;
        System.arraycopy(behaviours, 0, all, 1, behaviours.length);
        route(limits, step -> step, all);
    }

    private void route(Limits limits, UnaryOperator<Processor> nextPart, Behaviour... behaviours) throws Exception {
        Sandbox sandbox = open(sandbox(behaviours));
        route = open(new DeliveryRoute(
                spool.spool(), sandbox.url(), Options.of(limits).withNextPart(nextPart)));
    }

    private static Sandbox sandbox(Behaviour... behaviours) throws IOException {
        return Sandbox.start(SandboxSettings.forToken(DeliveryRoute.TOKEN).withBehaviours(behaviours));
    }

    private <T extends AutoCloseable> T open(T opened) {
        open.add(opened);
        return opened;
    }

    /** Throws in place of the step, the times that are given, counted from 1. */
    private static UnaryOperator<Processor> failingAt(IntPredicate times) {
        AtomicInteger time = new AtomicInteger();
        return step -> exchange -> {
            if (times.test(time.incrementAndGet())) {
                throw new IllegalStateException("broken on purpose");
            }
            step.process(exchange);
        };
    }

    private boolean drain() {
        try {
            return route.drain();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private List<String> nextBatch() {
        try {
            return batches.next();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private UnitCounts counts() {
        return spool.units().get(0);
    }

    private static List<String> ids(int from, int count) {
        return IntStream.range(from, from + count).mapToObj(i -> "m" + i).toList();
    }

    private static String[] messages(int from, int count) {
        String[] messages = new String[count];
        Arrays.setAll(
                messages,
                i -> "{\"type\":\"unlink\",\"messageId\":\"m" + (from + i)
                        + "\",\"timestamp\":\"2018-05-15T12:31:12.123Z\",\"userId\":\"u\",\"accountId\":\"a\"}");
        return messages;
    }
}

package io.vitallyrelay.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vitallyrelay.TemporarySpool;
import io.vitallyrelay.message.Message;
import io.vitallyrelay.message.MessageType;
import io.vitallyrelay.spool.RecordIntake;
import io.vitallyrelay.spool.UnitCounts;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An endpoint that refuses all messages of one integration, and takes those of another one. */
@Timeout(20)
class RefusedDeliveryTest {
    private static final Duration PROBE = Duration.ofMinutes(1);
    private static final Batch.Limits LIMITS = new Batch.Limits(100, 1_000_000, 1000);

    @TempDir
    Path folder;

    private final Stop stop = new Stop();
    private final ByteLimit byteLimit = new ByteLimit();
    private final BlockedTypes blockedTypes = new BlockedTypes();
    private final List<String> taken = new ArrayList<>();
    private volatile long ticks;
    private final IntegrationHolds holds = new IntegrationHolds(
            new IntegrationHolds.Options(20, 90, PROBE, InstantSource.system(), () -> ticks), HoldFile.none());
    private final Gate gate = new Gate(
            new Gate.Options(1, 0, PROBE, InstantSource.system(), () -> ticks, new Random(3)),
            stop,
            holds,
            HoldFile.none());
    private final LaneState lane = new LaneStates(1).of(0);
    private TemporarySpool spool;
    private Parked parked;

    @BeforeEach
    void open() {
        spool = new TemporarySpool(folder);
        parked = new Parked(holds);
    }

    @AfterEach
    void close() {
        spool.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 413, 422})
    void buriesNoMoreThanItTakesToFindOut(int status) throws Exception {
        // Given
        append("bad", 0, 1000);

        // When
        for (int i = 0; i < 10; i++) {
            run(next(100), status, message -> message.contains("bad"));
        }

        // Then
        assertThat(counts("bad"))
                .extracting(UnitCounts::dead, UnitCounts::delivered, UnitCounts::pending)
                .containsExactly(20L, 0L, 980L);
    }

    @Test
    void deliversTheMessagesOfOthersMeanwhile() throws Exception {
        // Given
        for (int i = 0; i < 10; i++) {
            append("bad", 50 * i, 50);
            append("good", 50 * i, 50);
        }

        // When
        for (int i = 0; i < 10; i++) {
            run(next(100), 422, message -> message.contains("bad"));
        }

        // Then
        assertThat(counts("good").delivered()).isEqualTo(500);
        assertThat(counts("bad").dead()).isEqualTo(20);
    }

    @Test
    void sendsAllThatWaitedInOrderOnceItIsReleased() throws Exception {
        // Given
        append("bad", 0, 400);
        for (int i = 0; i < 4; i++) {
            run(next(100), 422, message -> true);
        }

        // When
        gate.release("bad", "anna", true);
        run(next(0), 422, message -> false);

        // Then
        assertThat(counts("bad"))
                .extracting(UnitCounts::delivered, UnitCounts::dead, UnitCounts::pending)
                .containsExactly(380L, 20L, 0L);
        assertThat(numbers("bad")).isSorted();
    }

    @Test
    void buriesNoMessageThatIsTriedInVain() throws Exception {
        // Given
        append("bad", 0, 100);
        run(next(100), 422, message -> true);

        // When
        for (int i = 0; i < 50; i++) {
            ticks += PROBE.toNanos();
            run(next(0), 422, message -> true);
        }

        // Then
        assertThat(counts("bad"))
                .extracting(UnitCounts::dead, UnitCounts::pending)
                .containsExactly(20L, 80L);
    }

    @Test
    void goesOnByItselfWhenAMessageThatIsTriedIsTaken() throws Exception {
        // Given
        append("bad", 0, 100);
        run(next(100), 422, message -> true);
        ticks += PROBE.toNanos();
        boolean ready = parked.isReady();

        // When
        run(next(0), 422, message -> false);

        // Then
        assertThat(ready).isTrue();
        assertThat(holds.all()).isEmpty();
        assertThat(counts("bad").delivered()).isEqualTo(80);
        assertThat(numbers("bad")).isSorted();
    }

    @Test
    void letsNoOtherIntegrationOvertakeOneThatWaitsForTheSameEntity() throws Exception {
        // Given
        append("bad", 0, 100);
        run(next(100), 422, message -> true);
        append(MessageType.USER, "bad99", "other", "{\"other\":0}");

        // When
        run(next(1), 422, message -> message.contains("bad"));
        boolean waits = counts("other").delivered() == 0;
        gate.release("bad", "anna", true);
        run(next(0), 422, message -> false);

        // Then
        assertThat(waits).isTrue();
        assertThat(taken.indexOf("{\"other\":0}")).isGreaterThan(taken.indexOf("{\"bad\":99}"));
    }

    @Test
    void triesOneMessageAfterAReleaseBeforeTheOthersGoOn() throws Exception {
        // Given
        append("bad", 0, 100);
        gate.hold("bad", "a wrong mapping", "anna");
        run(next(100), 422, message -> true);

        // When
        gate.release("bad", "anna", true);
        List<Integer> sizes = new ArrayList<>();
        Delivery delivery = next(0);
        while (delivery.goesOn()) {
            sizes.add(new String(delivery.nextBody(), StandardCharsets.UTF_8).split("(?<=}),").length);
            delivery.answered(new Answer(200, "{}"));
        }

        // Then
        assertThat(sizes).containsExactly(1, 99);
        assertThat(counts("bad").delivered()).isEqualTo(100);
    }

    @Test
    void isHeldAgainAndLosesNothingWhereTheMessageThatIsTriedIsRefused() throws Exception {
        // Given
        append("bad", 0, 100);
        gate.hold("bad", "a wrong mapping", "anna");
        run(next(100), 422, message -> true);
        gate.release("bad", "anna", true);

        // When
        run(next(0), 422, message -> true);

        // Then
        assertThat(gate.holds()).singleElement().satisfies(hold -> {
            assertThat(hold.cause()).isEqualTo(Hold.Cause.REFUSED);
            assertThat(hold.reason())
                    .isEqualTo("the message that was tried after the release was refused with status 422");
        });
        assertThat(counts("bad"))
                .extracting(UnitCounts::dead, UnitCounts::pending)
                .containsExactly(0L, 100L);
    }

    @Test
    void sendsNothingOfAnIntegrationThatAnOperatorHolds() throws Exception {
        // Given
        append("bad", 0, 100);
        append("good", 0, 10);
        gate.hold("bad", "a wrong mapping", "anna");

        // When
        run(next(110), 422, message -> false);
        ticks += PROBE.toNanos();
        run(next(0), 422, message -> false);

        // Then
        assertThat(counts("bad").pending()).isEqualTo(100);
        assertThat(counts("good").delivered()).isEqualTo(10);
    }

    @Test
    void sendsNothingOfAnIntegrationThatIsHeldWhileItWaitsForTheGate() throws Exception {
        // Given
        append("bad", 0, 10);
        Delivery delivery = next(10);
        gate.tryEnter("another");
        gate.held("another", "the endpoint answers 401");
        CompletableFuture<Boolean> waiting = CompletableFuture.supplyAsync(() -> goesOn(delivery));
        await().until(() -> lane.now().doing() == LaneState.Doing.WAITING);
        gate.hold("bad", "a wrong mapping", "anna");

        // When
        ticks += PROBE.toNanos();
        gate.tryEnter("another");
        gate.delivered("another");

        // Then
        assertThat(waiting.get(10, TimeUnit.SECONDS)).isFalse();
        assertThat(counts("bad").pending()).isEqualTo(10);
    }

    @Test
    void isNotHeldForOneBadMessageInTen() throws Exception {
        // Given
        append("bad", 0, 1000);

        // When
        for (int i = 0; i < 10; i++) {
            run(next(100), 422, message -> message.contains("7}"));
        }

        // Then
        assertThat(counts("bad"))
                .extracting(UnitCounts::dead, UnitCounts::pending)
                .containsExactly(100L, 0L);
    }

    @Test
    void saysWhyAmongTheHolds() throws Exception {
        // Given
        append("bad", 0, 100);

        // When
        run(next(100), 422, message -> true);

        // Then
        assertThat(gate.holds())
                .singleElement()
                .extracting(Hold::told)
                .asString()
                .contains("bad", "20", "422");
        assertThat(gate.isHeld()).isFalse();
    }

    private void append(String integration, int from, int count) throws InterruptedException {
        for (int i = from; i < from + count; i++) {
            append(MessageType.USER, integration + i, integration, "{\"" + integration + "\":" + i + "}");
        }
    }

    private void append(MessageType type, String entity, String integration, String json) throws InterruptedException {
        RecordIntake intake = new RecordIntake(spool.spool().intake(integration, "file"));
        intake.message(new Message(type, "id", entity, json.getBytes(StandardCharsets.UTF_8)), "line 1");
        intake.recordDone(() -> "");
        intake.flush();
    }

    private UnitCounts counts(String integration) {
        return spool.units().stream()
                .filter(unit -> unit.integration().equals(integration))
                .findFirst()
                .orElseThrow();
    }

    private List<Integer> numbers(String integration) {
        return taken.stream()
                .filter(message -> message.contains(integration))
                .map(message -> Integer.parseInt(message.replaceAll("\\D", "")))
                .toList();
    }

    private Delivery next(int count) throws InterruptedException {
        Batch batch = new Batch(LIMITS);
        spool.take(count).forEach(batch::add);
        BackOff hardlyAny = new BackOff(Duration.ofMillis(1), Duration.ofMillis(1), new Random(3));
        Delivery.Rules rules = new Delivery.Rules(
                hardlyAny,
                null,
                Verdict.DELIVERED,
                false,
                () -> Instant.EPOCH,
                () -> ticks,
                stop,
                gate,
                byteLimit,
                blockedTypes);
        return new Delivery(batch, spool.lane(), lane, parked, rules, posted -> {});
    }

    private static boolean goesOn(Delivery delivery) {
        try {
            return delivery.goesOn();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What the route does; a request with a message that is refused gets the status. */
    private void run(Delivery delivery, int status, Predicate<String> refused) throws InterruptedException {
        while (delivery.goesOn()) {
            String body = new String(delivery.nextBody(), StandardCharsets.UTF_8);
            List<String> messages =
                    Arrays.asList(body.substring(1, body.length() - 1).split("(?<=}),"));
            if (messages.stream().anyMatch(refused)) {
                delivery.answered(new Answer(status, "{}"));
            } else {
                taken.addAll(messages);
                delivery.answered(new Answer(200, "{}"));
            }
        }
        delivery.end();
    }
}

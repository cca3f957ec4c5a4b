package io.vitallyrelay.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class GateTest {
    private static final Instant NOW = Instant.parse("2026-01-31T00:00:00Z");

    private Instant now = NOW;
    private static final String A = "lane 0";
    private static final String B = "lane 1";

    private final Stop stop = new Stop();
    private final AtomicLong ticks = new AtomicLong();
    private final Gate gate = gate(0);

    @Test
    void letsAllLanesInAtFirst() {
        assertThat(List.of(gate.tryEnter(A), gate.tryEnter(B))).containsOnly(0L);
    }

    @Test
    void pausesAllLanesWhenTheEndpointRefusesMore() {
        // Given
        gate.tryEnter(A);

        // When
        gate.refused(A, Duration.ZERO, Duration.ofSeconds(30));

        // Then
        assertThat(gate.tryEnter(B)).isEqualTo(Duration.ofSeconds(30).toNanos());
    }

    @Test
    void keepsToTheLongestOfSeveralPauses() {
        // Given
        gate.tryEnter(A);
        gate.tryEnter(B);
        gate.refused(A, Duration.ZERO, Duration.ofSeconds(30));

        // When
        gate.refused(B, Duration.ZERO, Duration.ofSeconds(1));

        // Then
        assertThat(gate.tryEnter(A)).isEqualTo(Duration.ofSeconds(30).toNanos());
    }

    @Test
    void resumesOneAfterTheOther() {
        // Given
        gate.tryEnter(A);
        gate.failed(A, "no answer", Duration.ZERO, Duration.ofSeconds(30));
        advance(Duration.ofSeconds(30));

        // When
        List<Long> waits = List.of(gate.tryEnter(A), gate.tryEnter(B));

        // Then
        assertThat(waits.get(0)).isZero();
        assertThat(waits.get(1)).isBetween(1L, Pause.GAP);
    }

    @Test
    void keepsTheBackOffOfALaneToThatLane() {
        // Given
        gate.tryEnter(A);

        // When
        gate.failed(A, "no answer", Duration.ofSeconds(9), null);

        // Then
        assertThat(gate.tryEnter(A)).isEqualTo(Duration.ofSeconds(9).toNanos());
        assertThat(gate.tryEnter(B)).isZero();
    }

    @Test
    void letsOneProbeAfterFailuresInARow() {
        // Given
        fail(Breaker.FAILURES);

        // When
        List<Long> waits = List.of(gate.tryEnter(A), gate.tryEnter(B));

        // Then
        assertThat(waits).containsExactly(0L, Gate.UNTIL_TOLD);
    }

    @Test
    void letsAnotherProbeAfterAFailedOne() {
        // Given
        fail(Breaker.FAILURES);
        gate.tryEnter(A);

        // When
        gate.failed(A, "no answer", Duration.ofSeconds(9), null);

        // Then
        assertThat(gate.tryEnter(B)).isZero();
    }

    @Test
    void letsAllGoOnAfterASuccessfulProbeWhateverTheirBackOff() {
        // Given
        gate.tryEnter(B);
        gate.failed(B, "no answer", Duration.ofHours(1), null);
        fail(Breaker.FAILURES);
        gate.tryEnter(A);

        // When
        gate.delivered(A);
        advance(Duration.ofSeconds(1));

        // Then
        assertThat(gate.tryEnter(B)).isZero();
    }

    @Test
    void opensTheBreakerForFailuresInARowOnly() {
        // Given
        fail(Breaker.FAILURES - 1);
        gate.tryEnter(A);
        gate.delivered(A);

        // When
        fail(Breaker.FAILURES - 1);

        // Then
        assertThat(List.of(gate.tryEnter(A), gate.tryEnter(B))).containsOnly(0L);
    }

    @Test
    void letsSomebodyElseProbeWhenTheProberIsGone() {
        // Given
        fail(Breaker.FAILURES);
        gate.tryEnter(A);

        // When
        gate.gone(A);

        // Then
        assertThat(gate.tryEnter(B)).isZero();
    }

    @Test
    void holdsAllLanesAndProbesWithTheOneThatMetIt() {
        // Given
        gate.tryEnter(A);
        gate.held(A, "the endpoint answers 401");

        // When
        advance(Duration.ofMinutes(1));

        // Then
        assertThat(List.of(gate.tryEnter(B), gate.tryEnter(A))).containsExactly(Gate.UNTIL_TOLD, 0L);
    }

    @Test
    void doesNotProbeBeforeItsTime() {
        // Given
        gate.tryEnter(A);

        // When
        gate.held(A, "the endpoint answers 401");

        // Then
        assertThat(gate.tryEnter(A)).isEqualTo(Duration.ofMinutes(1).toNanos());
    }

    @Test
    void endsTheHoldWhenTheProbePasses() {
        // Given
        gate.tryEnter(A);
        gate.held(A, "the endpoint answers 401");
        advance(Duration.ofMinutes(1));
        gate.tryEnter(A);

        // When
        gate.delivered(A);

        // Then
        assertThat(gate.holds()).isEmpty();
    }

    @Test
    void staysHeldWhenARequestFromBeforePasses() {
        // Given
        gate.tryEnter(A);
        gate.tryEnter(B);
        gate.held(A, "the endpoint answers 401");

        // When
        gate.delivered(B);

        // Then
        assertThat(gate.holds()).containsExactly(Hold.byEndpoint("the endpoint answers 401", NOW));
    }

    @Test
    void isNotProbedWhenAnOperatorHolds() {
        // Given
        gate.hold(null, "maintenance", "anna");

        // When
        advance(Duration.ofDays(9));

        // Then
        assertThat(gate.tryEnter(A)).isEqualTo(Gate.UNTIL_TOLD);
    }

    @Test
    void goesOnWhenReleased() throws Exception {
        // Given
        gate.hold(null, "maintenance", "anna");
        CompletableFuture<Boolean> waiting = entering(A);

        // When
        gate.release(null, "anna", true);
        advance(Duration.ofSeconds(1));

        // Then
        assertThat(waiting.get(10, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void letsNobodyWaitWhenTheServiceStops() throws Exception {
        // Given
        gate.hold(null, "maintenance", "anna");
        List<CompletableFuture<Boolean>> waiting = List.of(entering(A), entering(B));

        // When
        stop.now();

        // Then
        for (CompletableFuture<Boolean> lane : waiting) {
            assertThat(lane.get(10, TimeUnit.SECONDS)).isFalse();
        }
    }

    @Test
    void letsNobodyWaitForTheEndOfAHoldWhenTheLanesStop() throws Exception {
        // Given
        gate.hold(null, "maintenance", "anna");
        CompletableFuture<Boolean> waiting = entering(A);

        // When
        stop.to(Stop.Step.LANES);

        // Then
        assertThat(waiting.get(10, TimeUnit.SECONDS)).isFalse();
    }

    @Test
    void letsThoseWhoMetAHoldGoWhenTheLanesStop() throws Exception {
        // Given
        stop.to(Stop.Step.LANES);
        gate.enter(A);

        // When
        gate.held(A, "the token is wrong");

        // Then
        assertThat(gate.enter(A)).isFalse();
    }

    @Test
    void letsThemInAsUsualWhenTheLanesStop() throws Exception {
        // Given
        stop.to(Stop.Step.LANES);

        // When
        boolean entered = gate.enter(A);

        // Then
        assertThat(entered).isTrue();
    }

    @Test
    void takesARefusalOfMoreForAnAnswerAfterFailuresInARow() {
        // Given
        fail(Breaker.FAILURES);
        gate.tryEnter(A);

        // When
        gate.refused(A, Duration.ZERO, Duration.ofSeconds(1));
        advance(Duration.ofSeconds(2));
        long first = gate.tryEnter(A);
        advance(Duration.ofSeconds(20));

        // Then
        assertThat(List.of(first, gate.tryEnter(B))).containsOnly(0L);
    }

    @Test
    void takesAHoldForAnAnswerAfterFailuresInARow() {
        // Given
        fail(Breaker.FAILURES);
        gate.tryEnter(A);
        gate.held(A, "the endpoint answers 401");

        // When
        gate.release(null, "anna", false);
        long first = gate.tryEnter(A);
        advance(Duration.ofSeconds(1));

        // Then
        assertThat(List.of(first, gate.tryEnter(B))).containsOnly(0L);
    }

    @Test
    void letsSomebodyElseProbeAHoldWhenTheOneThatMetItIsGone() {
        // Given
        gate.tryEnter(A);
        gate.held(A, "the endpoint answers 401");

        // When
        gate.gone(A);
        advance(Duration.ofMinutes(1));

        // Then
        assertThat(gate.tryEnter(B)).isZero();
    }

    @Test
    void goesOnOneAfterTheOtherWhenReleased() {
        // Given
        gate.hold(null, "maintenance", "anna");

        // When
        gate.release(null, "anna", false);

        // Then
        assertThat(gate.tryEnter(A)).isZero();
        assertThat(gate.tryEnter(B)).isBetween(1L, Pause.GAP);
    }

    @Test
    void triesOneRequestAfterAReleaseBeforeTheOthersGoOn() {
        // Given
        gate.hold(null, "maintenance", "anna");
        gate.release(null, "anna", true);

        // When
        long first = gate.tryEnter(A);
        long second = gate.tryEnter(B);

        // Then
        assertThat(List.of(first, second)).containsExactly(0L, Gate.UNTIL_TOLD);
        assertThat(gate.holds()).isEmpty();
        assertThat(gate.status().state()).isEqualTo(GateStatus.State.PROBING);
    }

    @Test
    void letsAllGoOnOnceTheRequestAfterAReleaseHasPassed() {
        // Given
        gate.hold(null, "maintenance", "anna");
        gate.release(null, "anna", true);
        gate.tryEnter(A);

        // When
        gate.delivered(A);

        // Then
        assertThat(gate.tryEnter(B)).isBetween(0L, Pause.GAP);
        assertThat(gate.status().state()).isEqualTo(GateStatus.State.OPEN);
    }

    @Test
    void isHeldAgainSinceTheSameMomentWhereTheEndpointRefusesTheRequestAfterARelease() {
        // Given
        gate.tryEnter(A);
        gate.held(A, "the endpoint answers 401");
        now = NOW.plusSeconds(600);
        gate.release(null, "anna", true);
        gate.tryEnter(B);

        // When
        gate.held(B, "the endpoint answers 403");

        // Then
        assertThat(gate.holds()).containsExactly(Hold.byEndpoint("the endpoint answers 403", NOW));
        assertThat(gate.tryEnter(A)).isEqualTo(Gate.UNTIL_TOLD);
    }

    @Test
    void triesAgainSoonWhereTheRequestAfterAReleaseHadNoAnswer() {
        // Given
        gate.hold(null, "maintenance", "anna");
        gate.release(null, "anna", true);
        gate.tryEnter(A);

        // When
        gate.failed(A, "no answer", Duration.ofSeconds(2), null);

        // Then
        assertThat(gate.tryEnter(A)).isEqualTo(Duration.ofSeconds(2).toNanos());
        assertThat(gate.tryEnter(B)).isEqualTo(Gate.UNTIL_TOLD);
    }

    @Test
    void goesOnOneAfterTheOtherWhenAProbePasses() {
        // Given
        gate.tryEnter(A);
        gate.held(A, "the endpoint answers 401");
        advance(Duration.ofMinutes(1));
        gate.tryEnter(A);

        // When
        gate.delivered(A);

        // Then
        assertThat(gate.tryEnter(A)).isZero();
        assertThat(gate.tryEnter(B)).isBetween(1L, Pause.GAP);
    }

    @Test
    void probesNoSoonerAfterAProbeThatFails() {
        // Given
        gate.tryEnter(A);
        gate.held(A, "the endpoint answers 401");
        advance(Duration.ofMinutes(1));
        gate.tryEnter(A);

        // When
        gate.failed(A, "no answer", Duration.ZERO, null);

        // Then
        assertThat(gate.tryEnter(A)).isEqualTo(Duration.ofMinutes(1).toNanos());
    }

    @Test
    void keepsTheFirstReasonOfAnOperator() {
        // Given
        gate.hold(null, "maintenance", "anna");

        // When
        gate.hold(null, "more maintenance", "anna");

        // Then
        assertThat(gate.holds()).containsExactly(new Hold(null, Hold.Cause.OPERATOR, "maintenance", NOW, "anna"));
    }

    @Test
    void endsTheHoldOfTheEndpointTooWhenReleased() {
        // Given
        gate.tryEnter(A);
        gate.held(A, "the endpoint answers 401");

        // When
        gate.release(null, "anna", true);

        // Then
        assertThat(gate.holds()).isEmpty();
    }

    @Test
    void letsInAgainWhoIsInside() {
        // Given
        Gate slow = gate(1);
        slow.tryEnter(A);

        // When
        long wait = slow.tryEnter(A);

        // Then
        assertThat(wait).isZero();
    }

    @Test
    void keepsToAFixedRate() {
        // Given
        Gate slow = gate(10);
        List<Long> entered = new ArrayList<>();

        // When: somebody tries at each millisecond of ten seconds
        for (int i = 0; i < 10_000; i++) {
            String who = "request " + i;
            if (slow.tryEnter(who) == 0) {
                entered.add(ticks.get());
                slow.delivered(who);
            }
            advance(Duration.ofMillis(1));
        }

        // Then
        assertThat(entered).hasSizeBetween(99, 101);
    }

    @Test
    void saysThatItIsOpenAndHowManyMayPass() {
        assertThat(gate(20).status()).isEqualTo(new GateStatus(GateStatus.State.OPEN, null, null, 4, 20.0));
    }

    @Test
    void saysWhyItIsHeld() {
        // Given
        gate.hold(null, "maintenance", "anna");

        // When
        GateStatus status = gate.status();

        // Then
        assertThat(status.state()).isEqualTo(GateStatus.State.HELD);
        assertThat(status.reason()).isEqualTo("held by anna: maintenance");
    }

    @Test
    void saysUntilWhenItPauses() {
        // Given
        gate.tryEnter(A);
        gate.refused(A, Duration.ZERO, Duration.ofSeconds(30));

        // When
        GateStatus status = gate.status();

        // Then
        assertThat(status.state()).isEqualTo(GateStatus.State.PAUSED);
        assertThat(status.until()).isEqualTo(NOW.plusSeconds(30));
    }

    @Test
    void saysWhyRequestsFail() {
        // Given
        fail(Breaker.FAILURES);

        // When
        GateStatus status = gate.status();

        // Then
        assertThat(status.state()).isEqualTo(GateStatus.State.FAILING);
        assertThat(status.reason()).isEqualTo("no answer");
    }

    private Gate gate(int rate) {
        return new Gate(new Gate.Options(4, rate, Duration.ofMinutes(1), () -> now, ticks::get, new Random(3)), stop);
    }

    private void fail(int times) {
        for (int i = 0; i < times; i++) {
            String who = "failing " + i;
            gate.tryEnter(who);
            gate.failed(who, "no answer", Duration.ofHours(1), null);
        }
    }

    private void advance(Duration time) {
        ticks.addAndGet(time.toNanos());
    }

    private CompletableFuture<Boolean> entering(Object who) {
        return CompletableFuture.supplyAsync(() -> {
            try {
                return gate.enter(who);
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        });
    }
}

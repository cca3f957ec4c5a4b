package io.vitallyrelay.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IntegrationHoldsTest {
    private static final Instant NOW = Instant.parse("2026-01-31T00:00:00Z");
    private static final Duration PROBE = Duration.ofMinutes(1);

    private long ticks;
    private final IntegrationHolds holds =
            new IntegrationHolds(new IntegrationHolds.Options(20, 90, PROBE, () -> NOW, () -> ticks), HoldFile.none());

    @Test
    void holdsAnIntegrationWhoseMessagesWereRefusedInARow() {
        // When
        refuse(20);

        // Then
        assertThat(holds.all())
                .containsExactly(new Hold(
                        "accounts",
                        Hold.Cause.REFUSED,
                        "20 of its messages in a row were refused, the last one with status 422",
                        NOW,
                        null));
    }

    @Test
    void holdsNoneForFewerInARow() {
        // Given
        refuse(19);
        holds.taken("accounts");

        // When
        refuse(19);

        // Then
        assertThat(holds.isAny()).isFalse();
    }

    @Test
    void holdsNoneForOneBadMessageInAHundred() {
        // When
        for (int i = 0; i < 10_000; i++) {
            if (i % 100 == 50) {
                refuse(1);
            } else {
                holds.taken("accounts");
            }
        }

        // Then
        assertThat(holds.isAny()).isFalse();
    }

    @Test
    void holdsAnIntegrationOfWhichHardlyAnythingIsTaken() {
        // When: one in fifteen is taken
        for (int i = 0; i < Refusals.LAST && !holds.isAny(); i++) {
            if (i % 15 == 14) {
                holds.taken("accounts");
            } else {
                refuse(1);
            }
        }

        // Then
        assertThat(holds.all())
                .singleElement()
                .extracting(Hold::reason)
                .asString()
                .contains("% of its last 200");
    }

    @Test
    void countsEachIntegrationByItself() {
        // When
        refuse(19);
        holds.refused("users", 400);

        // Then
        assertThat(holds.isAny()).isFalse();
    }

    @Test
    void goesOnWhenAMessageIsTaken() {
        // Given
        refuse(20);

        // When
        holds.taken("accounts");

        // Then
        assertThat(holds.isAny()).isFalse();
    }

    @Test
    void countsAnewAfterARelease() {
        // Given
        refuse(20);
        holds.release("accounts", false);

        // When
        refuse(19);

        // Then
        assertThat(holds.isHeld("accounts")).isFalse();
    }

    @Test
    void letsOneMessageBeTriedInEachInterval() {
        // Given
        refuse(20);
        boolean atOnce = holds.beginProbe("accounts");
        ticks += PROBE.toNanos();

        // When
        boolean first = holds.beginProbe("accounts");
        boolean second = holds.beginProbe("accounts");

        // Then
        assertThat(new boolean[] {atOnce, first, second}).containsExactly(false, true, false);
    }

    @Test
    void letsAnOperatorsHoldStandWhateverIsTaken() {
        // Given
        holds.hold(operators("accounts"));

        // When: it was under way when the hold came
        holds.taken("accounts");

        // Then
        assertThat(holds.isHeld("accounts")).isTrue();
    }

    @Test
    void triesNothingWhileAnOperatorHolds() {
        // Given
        refuse(20);
        holds.hold(operators("accounts"));

        // When
        ticks += PROBE.toNanos();

        // Then
        assertThat(holds.isProbeDue("accounts")).isFalse();
    }

    @Test
    void triesAMessageAtOnceAfterARelease() {
        // Given
        holds.hold(operators("accounts"));

        // When
        holds.release("accounts", true);

        // Then
        assertThat(holds.all()).isEmpty();
        assertThat(holds.isHeld("accounts")).isTrue();
        assertThat(holds.beginProbe("accounts")).isTrue();
    }

    @Test
    void isAsOldAsItWasWhereTheMessageAfterAReleaseIsRefused() {
        // Given
        refuse(20);
        Hold before = holds.all().get(0);
        holds.release("accounts", true);

        // When
        holds.stillRefused("accounts", 422);

        // Then
        assertThat(holds.all()).containsExactly(before);
    }

    @Test
    void knowsAfterARestartWhatAnOperatorAndRefusalsHold(@TempDir Path folder) {
        // Given
        Path file = folder.resolve("holds.json");
        IntegrationHolds before = kept(HoldFile.open(file));
        before.hold(operators("users"));
        for (int i = 0; i < 20; i++) {
            before.refused("accounts", 422);
        }

        // When
        IntegrationHolds after = kept(HoldFile.open(file));

        // Then
        assertThat(after.all()).isEqualTo(before.all()).hasSize(2);
        assertThat(after.isHeld("users")).isTrue();
    }

    @Test
    void knowsAfterARestartWhatWasReleased(@TempDir Path folder) {
        // Given
        Path file = folder.resolve("holds.json");
        IntegrationHolds before = kept(HoldFile.open(file));
        before.hold(operators("users"));
        before.release("users", true);

        // When
        IntegrationHolds after = kept(HoldFile.open(file));

        // Then
        assertThat(after.isAny()).isFalse();
    }

    private static Hold operators(String integration) {
        return new Hold(integration, Hold.Cause.OPERATOR, "a wrong mapping", NOW, "anna");
    }

    private IntegrationHolds kept(HoldFile file) {
        return new IntegrationHolds(new IntegrationHolds.Options(20, 90, PROBE, () -> NOW, () -> ticks), file);
    }

    @Test
    void holdsNothingWhereThatIsSwitchedOff() {
        // Given
        IntegrationHolds none = IntegrationHolds.none();

        // When
        for (int i = 0; i < 1000; i++) {
            none.refused("accounts", 400);
        }

        // Then
        assertThat(none.isAny()).isFalse();
    }

    private void refuse(int times) {
        for (int i = 0; i < times; i++) {
            holds.refused("accounts", 422);
        }
    }
}

package io.vitallyrelay.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class RefusedHoldsTest {
    private static final Instant NOW = Instant.parse("2026-01-31T00:00:00Z");
    private static final Duration PROBE = Duration.ofMinutes(1);

    private long ticks;
    private final RefusedHolds holds =
            new RefusedHolds(new RefusedHolds.Options(20, 90, PROBE, () -> NOW, () -> ticks));

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
        for (int i = 0; i < RefusedHolds.LAST && !holds.isAny(); i++) {
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
        holds.release("accounts");

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
    void holdsNothingWhereThatIsSwitchedOff() {
        // Given
        RefusedHolds none = RefusedHolds.none();

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

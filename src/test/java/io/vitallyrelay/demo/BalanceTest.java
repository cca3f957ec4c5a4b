package io.vitallyrelay.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.vitallyrelay.ledger.LedgerView;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BalanceTest {

    @Test
    void holdsWhenAllIsSettledAndTheSandboxHasIt() {
        // When
        Balance balance = balance(9, 7, 2, 0, 7);

        // Then
        assertThat(balance)
                .hasToString("Balanced: 9 read = 7 delivered + 2 dead + 0 pending, and the sandbox accepted 7.");
        assertThat(balance.holds()).isTrue();
    }

    @ParameterizedTest(name = "read {0}, delivered {1}, dead {2}, pending {3}, accepted {4}")
    @CsvSource({"9, 6, 2, 1, 6", "9, 6, 2, 0, 6", "9, 7, 2, 0, 6", "9, 7, 2, 0, 8"})
    void doesNotHoldWhenAMessageIsPendingLostOrSentTwice(
            long read, long delivered, long dead, long pending, long accepted) {
        // When
        Balance balance = balance(read, delivered, dead, pending, accepted);

        // Then
        assertThat(balance.holds()).isFalse();
        assertThat(balance.toString()).startsWith("NOT balanced: ");
    }

    @Test
    void doesNotHoldWhenTwoUnitsAreWrongInOppositeDirections() {
        // Given
        LedgerView ledger = new LedgerView(
                4,
                4,
                0,
                0,
                0,
                false,
                List.of(),
                List.of(),
                List.of(
                        new LedgerView.Entry("users", "a.csv", 2, 3, 0, 0, 0, 0, null),
                        new LedgerView.Entry("users", "b.csv", 2, 1, 0, 0, 0, 0, null)),
                null);

        // When
        Balance balance = new Balance(ledger, 4);

        // Then
        assertThat(balance.holds()).isFalse();
    }

    private static Balance balance(long read, long delivered, long dead, long pending, long accepted) {
        LedgerView.Entry unit = new LedgerView.Entry("users", "a.csv", read, delivered, dead, 0, pending, 0, null);
        return new Balance(
                new LedgerView(read, delivered, dead, 0, pending, false, List.of(), List.of(), List.of(unit), null),
                accepted);
    }
}

package io.vitallyrelay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.vitallyrelay.ledger.LedgerView;
import java.util.List;
import org.junit.jupiter.api.Test;

class LedgerTableTest {
    private final LedgerView ledger = new LedgerView(
            9,
            6,
            2,
            0,
            1,
            false,
            List.of(),
            List.of(new LedgerView.Sums("accounts", 3, 3, 0, 0, 0, 0), new LedgerView.Sums("users", 6, 3, 2, 0, 1, 0)),
            List.of(),
            null);

    @Test
    void showsTheSumsOfEachIntegration() {
        // When
        TextTable table = LedgerTable.of(ledger);

        // Then
        assertThat(table).hasToString("""
                integration  read  delivered  dead  pending
                accounts        3          3     0        0
                users           6          3     2        1
                total           9          6     2        1""");
    }

    @Test
    void showsWhatWasDiscardedWhereThereIsSuch() {
        // Given
        LedgerView.Sums users = new LedgerView.Sums("users", 6, 3, 0, 2, 1, 0);

        // When
        TextTable table =
                LedgerTable.of(new LedgerView(6, 3, 0, 2, 1, false, List.of(), List.of(users), List.of(), null));

        // Then
        assertThat(table).hasToString("""
                integration  read  delivered  dead  discarded  pending
                users           6          3     0          2        1
                total           6          3     0          2        1""");
    }

    @Test
    void showsAnIntegrationForWhichNothingWasRead() {
        // When
        TextTable table = LedgerTable.of(ledger, List.of("orders", "users"));

        // Then
        assertThat(table.toString()).contains("\norders          0          0     0        0\nusers           6");
    }
}

package io.vitallyrelay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.vitallyrelay.ledger.Ledger;
import java.util.List;
import org.junit.jupiter.api.Test;

class LedgerTableTest {
    private final Ledger ledger = new Ledger(
            9,
            6,
            2,
            1,
            false,
            List.of(),
            List.of(
                    new Ledger.Entry("users", "b.csv#1", 2, 1, 1, 0, 0),
                    new Ledger.Entry("accounts", "a.csv#2", 3, 3, 0, 0, 0),
                    new Ledger.Entry("users", "c.csv#3", 4, 2, 1, 1, 0)));

    @Test
    void addsUpTheUnitsOfAnIntegration() {
        // When
        Table table = LedgerTable.of(ledger);

        // Then
        assertThat(table).hasToString("""
                integration  read  delivered  dead  pending
                accounts        3          3     0        0
                users           6          3     2        1
                total           9          6     2        1""");
    }

    @Test
    void showsAnIntegrationForWhichNothingWasRead() {
        // When
        Table table = LedgerTable.of(ledger, List.of("orders", "users"));

        // Then
        assertThat(table.toString()).contains("\norders          0          0     0        0\nusers           6");
    }
}

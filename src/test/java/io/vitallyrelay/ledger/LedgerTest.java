package io.vitallyrelay.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.vitallyrelay.delivery.Hold;
import io.vitallyrelay.spool.UnitCounts;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class LedgerTest {
    private static final List<UnitCounts> UNITS = List.of(
            new UnitCounts("accounts", "a.csv#1", 100, 60, 10, 5, "", false),
            new UnitCounts("users", "u.csv#1", 7, 7, 0, 1, "", true));

    @Test
    void sumsUpAllUnits() {
        assertThat(Ledger.of(UNITS, List.of()))
                .extracting(Ledger::read, Ledger::delivered, Ledger::dead, Ledger::pending)
                .containsExactly(107L, 67L, 10L, 30L);
    }

    @Test
    void showsEachUnit() {
        assertThat(Ledger.of(UNITS, List.of()).units())
                .containsExactly(
                        new Ledger.Entry("accounts", "a.csv#1", 100, 60, 10, 30, 5),
                        new Ledger.Entry("users", "u.csv#1", 7, 7, 0, 0, 1));
    }

    @Test
    void saysWhetherLanesAreHeld() {
        assertThat(Ledger.of(UNITS, List.of(new Hold("the endpoint answers 401", Instant.EPOCH)))
                        .held())
                .isTrue();
    }

    @Test
    void isEmptyAtFirst() {
        assertThat(Ledger.of(List.of(), List.of())).isEqualTo(new Ledger(0, 0, 0, 0, false, List.of(), List.of()));
    }
}

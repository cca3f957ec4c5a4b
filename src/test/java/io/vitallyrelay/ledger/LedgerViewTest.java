package io.vitallyrelay.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.vitallyrelay.delivery.Hold;
import io.vitallyrelay.spool.Counts;
import io.vitallyrelay.spool.IntegrationCounts;
import io.vitallyrelay.spool.UnitCounts;
import io.vitallyrelay.spool.UnitPage;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class LedgerViewTest {
    private static final Counts COUNTS = new Counts(100, 60, 10, 2, 5);
    private static final LedgerView.Progress PROGRESS = new LedgerView.Progress(41.3, 12L);
    private static final UnitPage PAGE =
            new UnitPage(List.of(new UnitCounts("accounts", "a.csv#1", COUNTS, "", false)), "place");

    @Test
    void showsTotalsIntegrationsAndUnits() {
        // When
        LedgerView view = LedgerView.of(
                COUNTS, List.of(new IntegrationCounts("accounts", COUNTS)), PAGE, List.of(), unit -> PROGRESS, "next");

        // Then
        assertThat(view)
                .isEqualTo(new LedgerView(
                        100,
                        60,
                        10,
                        2,
                        28,
                        false,
                        List.of(),
                        List.of(new LedgerView.Sums("accounts", 100, 60, 10, 2, 28, 5)),
                        List.of(new LedgerView.Entry("accounts", "a.csv#1", 100, 60, 10, 2, 28, 5, PROGRESS)),
                        "next"));
    }

    @Test
    void saysWhetherLanesAreHeld() {
        assertThat(LedgerView.of(
                                Counts.NONE,
                                List.of(),
                                PAGE,
                                List.of(new Hold(
                                        null, Hold.Cause.ENDPOINT, "the endpoint answers 401", Instant.EPOCH, null)),
                                unit -> null,
                                null)
                        .held())
                .isTrue();
    }
}

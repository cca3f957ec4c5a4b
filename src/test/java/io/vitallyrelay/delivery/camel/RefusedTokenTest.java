package io.vitallyrelay.delivery.camel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vitallyrelay.TemporarySpool;
import io.vitallyrelay.delivery.Hold;
import io.vitallyrelay.delivery.camel.DeliveryRoute.Limits;
import io.vitallyrelay.delivery.camel.DeliveryRoute.Options;
import io.vitallyrelay.faults.Connection;
import io.vitallyrelay.faults.FaultServer;
import io.vitallyrelay.faults.Faults;
import io.vitallyrelay.spool.UnitCounts;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** 30 minutes of 401 with a probe every minute, in which a minute takes 60 ms. */
@Timeout(60)
class RefusedTokenTest {
    private static final Duration MINUTE = Duration.ofMillis(60);
    private static final int MINUTES = 30;
    private static final int LANES = 4;

    private final List<Long> refusals = new CopyOnWriteArrayList<>();
    private final NumberedUsers input = new NumberedUsers(40, 2_000);

    @TempDir
    private Path folder;

    @Test
    void holdsTheLanesUntilItIsTakenAgain() throws Exception {
        // Given
        Options options =
                Options.of(new Limits(20, MINUTE, 500_000)).withLanes(LANES).withProbe(MINUTE);
        try (TemporarySpool spool = TemporarySpool.ofLanes(LANES, folder);
                FaultServer server = FaultServer.start().then(this::refuse)) {
            for (int i = 0; i < 20; i++) {
                server.first(Faults.takes());
            }
            input.append(spool);
            try (DeliveryRoute route = new DeliveryRoute(spool.spool(), server.url(), options)) {

                // When
                await().pollInterval(Duration.ofMillis(5)).until(() -> sinceFirstRefusal() >= MINUTES);
                List<Hold> holds = route.gate().holds();
                UnitCounts held = counts(spool);
                int bound = LANES + 1 + (int) sinceFirstRefusal();
                server.then(Faults.takes());

                // Then
                await().until(() -> counts(spool).pending() == 0);
                assertThat(holds)
                        .singleElement()
                        .satisfies(hold -> assertThat(hold.reason()).isEqualTo("the endpoint answers 401"));
                assertThat(held.dead()).isZero();
                assertThat(held.delivered()).isEqualTo(400);
                input.assertEnd(spool, server.taken(), number -> false);
                // each lane can have met it once, and then there is one request a minute
                assertThat(refusals).hasSizeBetween(3, bound);
                assertThat(route.gate().holds()).isEmpty();
            }
        }
    }

    private static UnitCounts counts(TemporarySpool spool) {
        return spool.units().get(0);
    }

    private void refuse(Connection connection) throws IOException, InterruptedException {
        refusals.add(System.nanoTime());
        Faults.answers(401).happen(connection);
    }

    /** In minutes. */
    private double sinceFirstRefusal() {
        return refusals.isEmpty() ? 0 : (double) (System.nanoTime() - refusals.get(0)) / MINUTE.toNanos();
    }
}

package io.vitallyrelay.delivery.camel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vitallyrelay.TemporarySpool;
import io.vitallyrelay.delivery.camel.DeliveryRoute.Limits;
import io.vitallyrelay.delivery.camel.DeliveryRoute.Options;
import io.vitallyrelay.faults.FaultServer;
import io.vitallyrelay.faults.Faults;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** One message in a hundred is refused: what that costs, and what becomes of the others. */
@Timeout(60)
class ManyBadMessagesTest {
    private static final int MESSAGES = 10_000;
    private static final int BAD = MESSAGES / 100;
    private static final int LANES = 4;

    @TempDir
    private Path folder;

    @Test
    void areFoundInFewRequestsAndTakeNoOthersWithThem() throws Exception {
        // Given
        long seed = Long.getLong("seed", System.nanoTime());
        Set<Integer> bad = distinct(BAD, new Random(seed));
        NumberedUsers input = new NumberedUsers(700, MESSAGES);
        Options options =
                Options.of(new Limits(100, Duration.ofMillis(200), 500_000)).withLanes(LANES);
        try (TemporarySpool spool = TemporarySpool.ofLanes(LANES, folder);
                FaultServer server = FaultServer.start()
                        .then(Faults.refuses(400, message -> bad.contains(NumberedUsers.number(message))))) {
            input.append(spool);

            // When
            try (DeliveryRoute route = new DeliveryRoute(spool.spool(), server.url(), options)) {
                await().atMost(Duration.ofSeconds(50))
                        .until(() -> spool.units().get(0).pending() == 0);
            }

            // Then
            long good = server.requests().stream()
                    .filter(request -> request.ids().stream().noneMatch(id -> bad.contains(number(id))))
                    .count();
            double forEach = (double) (server.requests().size() - MESSAGES / 100) / BAD;
            System.out.printf(
                    "ManyBadMessagesTest: -Dseed=%d: %d requests, %d of them taken, %.1f more for each bad message%n",
                    seed, server.requests().size(), good, forEach);
            input.assertEnd(spool, server.taken(), bad::contains);
            assertThat(server.taken()).as("each is taken once").hasSize(MESSAGES - BAD);
            // one alone among a hundred costs 14 more than its batch, and several in one batch cost less
            assertThat(forEach).isLessThanOrEqualTo(14);
        }
    }

    private static Set<Integer> distinct(int count, Random random) {
        Set<Integer> numbers = new HashSet<>();
        while (numbers.size() < count) {
            numbers.add(random.nextInt(MESSAGES));
        }
        return numbers;
    }

    private static int number(String id) {
        return Integer.parseInt(id.substring(1));
    }
}

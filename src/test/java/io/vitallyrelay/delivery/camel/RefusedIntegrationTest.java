package io.vitallyrelay.delivery.camel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vitallyrelay.TemporarySpool;
import io.vitallyrelay.delivery.camel.DeliveryRoute.Limits;
import io.vitallyrelay.delivery.camel.DeliveryRoute.Options;
import io.vitallyrelay.faults.FaultServer;
import io.vitallyrelay.faults.Faults;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** An endpoint that refuses all messages, and takes them later on. */
@Timeout(60)
class RefusedIntegrationTest {
    private static final int LANES = 4;
    private static final int MESSAGES = 2_000;

    @TempDir
    private Path folder;

    @Test
    void buriesLittleMoreThanTwentyMessagesForAnEndpointThatRefusesAllAndGoesOnByItself() throws Exception {
        // Given
        NumberedUsers input = new NumberedUsers(70, MESSAGES);
        Options options = Options.of(new Limits(100, Duration.ofMillis(100), 500_000))
                .withLanes(LANES)
                .withRefusedInARow(20)
                .withProbe(Duration.ofMillis(200));
        try (TemporarySpool spool = TemporarySpool.ofLanes(LANES, folder);
                FaultServer server = FaultServer.start().then(Faults.refuses(422, message -> true))) {
            input.append(spool);
            try (DeliveryRoute route = new DeliveryRoute(spool.spool(), server.url(), options)) {
                await().until(() -> !route.gate().holds().isEmpty());
                int requests = server.requests().size();
                await().until(() -> server.requests().size() > requests + 10);

                // When
                server.then(Faults.takes());

                // Then
                await().atMost(Duration.ofSeconds(50))
                        .until(() -> spool.units().get(0).pending() == 0);
                assertThat(route.gate().holds()).isEmpty();
            }
            Set<String> dead = spool.deadLetters().stream()
                    .map(letter -> new String(letter.content().bytes(), StandardCharsets.UTF_8)
                            .replaceAll(".*\"number\":(\\d+).*", "$1"))
                    .collect(Collectors.toSet());
            // with those whose answers came to other lanes at the same moment
            assertThat(dead).hasSizeBetween(20, 20 + LANES - 1);
            input.assertEnd(spool, server.taken(), number -> dead.contains("" + number));
        }
    }
}

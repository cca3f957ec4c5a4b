package io.vitallyrelay.delivery.camel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vitallyrelay.TemporarySpool;
import io.vitallyrelay.delivery.Batch;
import io.vitallyrelay.delivery.Gate;
import io.vitallyrelay.delivery.LaneStates;
import io.vitallyrelay.delivery.Stop;
import io.vitallyrelay.delivery.UnderWay;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Random;
import org.apache.camel.CamelContext;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LaneFailureTest {
    @TempDir
    private Path folder;

    @Test
    void saysWhyALaneStandsStill() throws Exception {
        // Given
        LaneStates states = new LaneStates(1);
        try (TemporarySpool spool = new TemporarySpool(folder);
                CamelContext camel = new DefaultCamelContext()) {
            camel.addComponent(
                    "lane",
                    new LaneComponent(
                            spool.spool().lanes(),
                            new Stop(),
                            new Batch.Limits(1, 1000, 100),
                            new UnderWay(),
                            states,
                            gate()));
            camel.addRoutes(new RouteBuilder() {
                @Override
                public void configure() {
                    errorHandler(noErrorHandler());
                    from("lane:0").process(exchange -> {
                        throw new IllegalStateException("broken on purpose");
                    });
                }
            });
            camel.start();

            // When
            spool.append("{}");

            // Then
            await().until(() -> !states.failures().isEmpty());
            assertThat(states.failures()).isEqualTo(Map.of(0, "java.lang.IllegalStateException: broken on purpose"));
        }
    }

    private static Gate gate() {
        return new Gate(
                new Gate.Options(1, 0, Duration.ofMinutes(1), InstantSource.system(), System::nanoTime, new Random(3)),
                new Stop());
    }
}

package io.vitallyrelay.console;

import io.vitallyrelay.source.queue.BrokerState;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

/** Always UP, because the other sources and the lanes go on without the broker; its data say whether it is connected. */
@Readiness
@ApplicationScoped
public class BrokerHealth implements HealthCheck {
    private final BrokerState state;

    BrokerHealth(BrokerState state) {
        this.state = state;
    }

    @Override
    public HealthCheckResponse call() {
        Optional<String> problem = state.problem();
        HealthCheckResponseBuilder answer =
                HealthCheckResponse.named("jms-broker").up().withData("connected", problem.isEmpty());
        return problem.map(why -> answer.withData("problem", why))
                .orElse(answer)
                .build();
    }
}

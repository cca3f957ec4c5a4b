package io.vitallyrelay.console;

import io.vitallyrelay.source.SourceState;
import io.vitallyrelay.source.SourceStates;
import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

/**
 * DOWN where a source is not read and nothing goes on by itself; UP while one fails and is tried again, as the others go on. Its
 * data say which, why and since when.
 */
@Readiness
@ApplicationScoped
public class SourcesHealth implements HealthCheck {
    private final SourceStates states;

    SourcesHealth(SourceStates states) {
        this.states = states;
    }

    @Override
    public HealthCheckResponse call() {
        HealthCheckResponseBuilder answer = HealthCheckResponse.named("sources")
                .status(states.all().stream().noneMatch(SourceState::down));
        for (SourceState state : states.all()) {
            answer.withData(
                    state.integration() + ", " + state.source(), state.problem() + " (since " + state.since() + ")");
        }
        return answer.build();
    }
}

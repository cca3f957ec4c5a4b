package io.vitallyrelay.app;

import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** UP once sources and lanes run: the HTTP interface is there before them. */
@Readiness
@ApplicationScoped
public class StartHealth implements HealthCheck {
    private final Start start;

    StartHealth(Start start) {
        this.start = start;
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("routes").status(start.isDone()).build();
    }
}

package io.vitallyrelay.console;

import io.vitallyrelay.spool.Spool;
import io.vitallyrelay.spool.SpoolStatus;
import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

/** DOWN while the spool cannot be written; a full spool is UP, because sources wait and nothing is lost. */
@Readiness
@ApplicationScoped
public class SpoolHealth implements HealthCheck {
    private final Spool spool;

    SpoolHealth(Spool spool) {
        this.spool = spool;
    }

    @Override
    public HealthCheckResponse call() {
        SpoolStatus status = spool.status();
        HealthCheckResponseBuilder answer = HealthCheckResponse.named("spool")
                .status(status.failure() == null)
                .withData("pending", status.pending())
                .withData("bytes", status.bytes())
                .withData("max-bytes", status.maxBytes())
                .withData("full", status.full());
        return (status.failure() == null ? answer : answer.withData("failure", status.failure())).build();
    }
}

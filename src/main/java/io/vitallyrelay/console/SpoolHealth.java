package io.vitallyrelay.console;

import io.vitallyrelay.spool.Spool;
import io.vitallyrelay.spool.SpoolStatus;
import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

/**
 * DOWN while the spool cannot be written, and while there is too little room on its disk or none for dead letters, as sources then
 * wait for an operator. UP while it is full of pending messages: sources wait, go on by themselves, and nothing is lost; its data
 * say so.
 */
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
                .status(status.failure() == null && !status.deadLettersFull())
                .withData("pending", status.pending())
                .withData("bytes", status.bytes())
                .withData("max-bytes", status.maxBytes())
                .withData("full", status.full())
                .withData("dead-letters", status.deadLetters())
                .withData("dead-letter-bytes", status.deadLetterBytes())
                .withData("max-dead-letter-bytes", status.maxDeadLetterBytes());
        tell(answer, "failure", status.failure());
        tell(answer, "dead-letters-full", status.deadLetterProblem());
        tell(answer, "waiting", status.backlogProblem());
        return answer.build();
    }

    private static void tell(HealthCheckResponseBuilder answer, String name, String what) {
        if (what != null) {
            answer.withData(name, what);
        }
    }
}

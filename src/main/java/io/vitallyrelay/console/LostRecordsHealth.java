package io.vitallyrelay.console;

import io.vitallyrelay.spool.DeadLetterCode;
import io.vitallyrelay.spool.DeadLetterFilter;
import io.vitallyrelay.spool.DeadLetters;
import io.vitallyrelay.spool.LetterGroup;
import io.vitallyrelay.spool.Spool;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

/**
 * DOWN while there are dead letters of records that their route let go: it is written wrongly, and lets the next ones go too. UP
 * once they are replayed or discarded. Its data say how many there are of each integration.
 */
@Readiness
@ApplicationScoped
public class LostRecordsHealth implements HealthCheck {
    private static final DeadLetterFilter LOST = DeadLetterFilter.ofCode(DeadLetterCode.LOST);

    private final DeadLetters letters;

    LostRecordsHealth(Spool spool) {
        this.letters = spool.deadLetters();
    }

    @Override
    public HealthCheckResponse call() {
        List<LetterGroup> lost = letters.groups(LOST);
        HealthCheckResponseBuilder answer =
                HealthCheckResponse.named("lost-records").status(lost.isEmpty());
        lost.forEach(group -> answer.withData(group.integration(), group.letters()));
        return answer.build();
    }
}

package io.vitallyrelay.console;

import io.vitallyrelay.delivery.BlockedTypes;
import io.vitallyrelay.delivery.Gate;
import io.vitallyrelay.delivery.Hold;
import io.vitallyrelay.message.MessageType;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.stream.Collectors;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

/** Always UP, because sources go on while the lanes are held; its data say what is held, why and since when. */
@Readiness
@ApplicationScoped
public class LanesHealth implements HealthCheck {
    private final Gate gate;
    private final BlockedTypes blockedTypes;

    LanesHealth(Gate gate, BlockedTypes blockedTypes) {
        this.gate = gate;
        this.blockedTypes = blockedTypes;
    }

    @Override
    public HealthCheckResponse call() {
        List<Hold> holds = gate.holds();
        HealthCheckResponseBuilder answer =
                HealthCheckResponse.named("lanes").up().withData("held", !holds.isEmpty());
        if (!holds.isEmpty()) {
            answer.withData("reason", holds.stream().map(Hold::reason).collect(Collectors.joining("; ")));
            answer.withData("since", holds.get(0).since().toString());
        }
        String blocked = blockedTypes.all().stream().map(MessageType::wireName).collect(Collectors.joining(", "));
        return (blocked.isEmpty() ? answer : answer.withData("refused-types", blocked)).build();
    }
}

package io.vitallyrelay.console;

import io.vitallyrelay.delivery.BlockedTypes;
import io.vitallyrelay.delivery.Gate;
import io.vitallyrelay.delivery.Hold;
import io.vitallyrelay.delivery.LaneStates;
import io.vitallyrelay.message.MessageType;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

/**
 * DOWN where a lane stands still until a restart. UP while the lanes are held, as sources go on; its data say what is held,
 * why and since when.
 */
@Readiness
@ApplicationScoped
public class LanesHealth implements HealthCheck {
    private final Gate gate;
    private final BlockedTypes blockedTypes;
    private final LaneStates lanes;

    LanesHealth(Gate gate, BlockedTypes blockedTypes, LaneStates lanes) {
        this.gate = gate;
        this.blockedTypes = blockedTypes;
        this.lanes = lanes;
    }

    @Override
    public HealthCheckResponse call() {
        List<Hold> holds = gate.holds();
        Map<Integer, String> failed = lanes.failures();
        HealthCheckResponseBuilder answer =
                HealthCheckResponse.named("lanes").status(failed.isEmpty()).withData("held", !holds.isEmpty());
        failed.forEach((lane, reason) -> answer.withData("lane-" + lane, reason));
        if (!holds.isEmpty()) {
            answer.withData("reason", holds.stream().map(Hold::told).collect(Collectors.joining("; ")));
            answer.withData("since", holds.get(0).since().toString());
        }
        String blocked = blockedTypes.all().stream().map(MessageType::wireName).collect(Collectors.joining(", "));
        return (blocked.isEmpty() ? answer : answer.withData("refused-types", blocked)).build();
    }
}

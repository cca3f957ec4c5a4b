package io.vitallyrelay.console;

import io.vitallyrelay.delivery.Gate;
import io.vitallyrelay.delivery.Hold;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.List;

/** {@code POST /api/lanes/hold} and {@code /release}: an operator closes and opens the gate of all lanes. */
@Path("/api/lanes")
@Produces(MediaType.APPLICATION_JSON)
public class LaneResource {
    private final Gate gate;

    LaneResource(Gate gate) {
        this.gate = gate;
    }

    /** How it is after the command. */
    public record State(boolean held, List<Hold> holds) {}

    /** @param reason what is shown as the reason; may be absent */
    @POST
    @Path("/hold")
    public State hold(@QueryParam("reason") String reason) {
        gate.hold(reason == null || reason.isBlank() ? "held by an operator" : "held by an operator: " + reason);
        return state();
    }

    /**
     * Ends every hold. What is still wrong holds again at once.
     *
     * @param integration only the hold of this one, whose messages were all refused; absent: all
     */
    @POST
    @Path("/release")
    public State release(@QueryParam("integration") String integration) {
        if (integration == null || integration.isBlank()) {
            gate.release();
        } else {
            gate.release(integration);
        }
        return state();
    }

    private State state() {
        List<Hold> holds = gate.holds();
        return new State(!holds.isEmpty(), holds);
    }
}

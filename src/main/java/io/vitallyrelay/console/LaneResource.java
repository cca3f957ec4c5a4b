package io.vitallyrelay.console;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.vitallyrelay.delivery.Gate;
import io.vitallyrelay.delivery.GateStatus;
import io.vitallyrelay.delivery.Hold;
import io.vitallyrelay.delivery.LaneState;
import io.vitallyrelay.delivery.LaneStates;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.util.List;

/** {@code /api/lanes}: what the lanes do, and what keeps them from it; {@code /hold} and {@code /release}. */
@Path("/api/lanes")
@Produces(MediaType.APPLICATION_JSON)
public class LaneResource {
    private static final String NO_REASON = "no reason given";

    private final Gate gate;
    private final LaneStates lanes;
    private final Caller caller;

    LaneResource(Gate gate, LaneStates lanes, Caller caller) {
        this.gate = gate;
        this.lanes = lanes;
        this.caller = caller;
    }

    /** How it is after the command. */
    public record State(boolean held, List<Hold> holds) {}

    /** As {@link GateStatus}, in words. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record GateView(String state, Instant until, String reason, int requestsAtOnce, Double perSecond) {
        static GateView of(GateStatus gate) {
            return new GateView(
                    gate.state().word(), gate.until(), gate.reason(), gate.requestsAtOnce(), gate.perSecond());
        }
    }

    /** As {@link LaneState.Now}, in words. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record LaneView(int lane, String state, int messages, String failure) {
        static LaneView of(LaneState lane) {
            LaneState.Now now = lane.now();
            return new LaneView(lane.lane(), now.doing().word(), now.messages(), now.failure());
        }
    }

    /** All that keeps messages back. */
    public record Lanes(boolean held, List<Hold> holds, GateView gate, List<LaneView> lanes) {}

    @GET
    public Lanes lanes() {
        List<Hold> holds = gate.holds();
        return new Lanes(
                !holds.isEmpty(),
                holds,
                GateView.of(gate.status()),
                lanes.all().stream().map(LaneView::of).toList());
    }

    /**
     * @param reason what is shown as the reason; may be absent
     * @param by who asks; may be absent
     */
    @POST
    @Path("/hold")
    public State hold(@QueryParam("reason") String reason, @QueryParam("by") String by) {
        gate.hold(reason == null || reason.isBlank() ? NO_REASON : reason, caller.name(by));
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

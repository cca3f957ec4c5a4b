package io.vitallyrelay.console;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.vertx.core.http.HttpServerRequest;
import io.vitallyrelay.delivery.Gate;
import io.vitallyrelay.delivery.GateStatus;
import io.vitallyrelay.delivery.Hold;
import io.vitallyrelay.delivery.LaneState;
import io.vitallyrelay.delivery.LaneStates;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
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
    private final IntegrationStates integrations;
    private final HoldOrders orders;
    private final Caller caller;

    LaneResource(Gate gate, LaneStates lanes, IntegrationStates integrations, HoldOrders orders, Caller caller) {
        this.gate = gate;
        this.lanes = lanes;
        this.integrations = integrations;
        this.orders = orders;
        this.caller = caller;
    }

    /**
     * How it is after the command.
     *
     * @param warnings what could not be written, and so is not known after a restart or is not in the audit; absent where all was
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record State(boolean held, List<Hold> holds, List<String> warnings) {}

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
     * Where an operator holds them already, that hold stays.
     *
     * @param reason what is shown as the reason; may be absent
     * @param integration only this one; absent: all lanes
     * @param by who asks; may be absent
     */
    @POST
    @Path("/hold")
    public State hold(
            @QueryParam("reason") String reason,
            @QueryParam("integration") String integration,
            @QueryParam("by") String by,
            @Context HttpServerRequest request) {
        String which = Query.text("integration", integration);
        String why = Query.text("reason", reason);
        requireKnown(which);
        return state(orders.hold(which, why == null ? NO_REASON : why, operator(by, request)));
    }

    /**
     * Ends every hold. What is still wrong holds again.
     *
     * @param integration only the holds of this one; absent: all
     * @param by who asks; may be absent
     * @param probe {@code false}: all go on at once; else when one request has passed
     */
    @POST
    @Path("/release")
    public State release(
            @QueryParam("integration") String integration,
            @QueryParam("by") String by,
            @QueryParam("probe") @DefaultValue("true") String probe,
            @Context HttpServerRequest request) {
        String which = Query.text("integration", integration);
        if (!probe.equals("true") && !probe.equals("false")) {
            throw Query.refused(400, "probe=" + probe + ": must be true or false");
        }
        return state(orders.release(which, probe.equals("true"), operator(by, request)));
    }

    private HoldOrders.Operator operator(String by, HttpServerRequest request) {
        return new HoldOrders.Operator(caller.name(Query.text("by", by)), Query.address(request));
    }

    /** A hold of a name that is written wrong would hold nothing, and nobody would see. */
    private void requireKnown(String integration) {
        if (integration != null && !integrations.names().contains(integration)) {
            throw Query.refused(
                    404,
                    "there is no integration " + integration + "; there are "
                            + String.join(", ", integrations.names()));
        }
    }

    private State state(List<String> warnings) {
        List<Hold> holds = gate.holds();
        return new State(!holds.isEmpty(), holds, warnings.isEmpty() ? null : warnings);
    }
}

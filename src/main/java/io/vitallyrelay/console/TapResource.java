package io.vitallyrelay.console;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonRawValue;
import io.vitallyrelay.delivery.Secrets;
import io.vitallyrelay.delivery.Tap;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/** {@code GET /api/tap}: the last messages that were settled. */
@Path("/api/tap")
@Produces(MediaType.APPLICATION_JSON)
public class TapResource {
    private final Tap tap;
    private final Secrets secrets;

    TapResource(Tap tap, Secrets secrets) {
        this.tap = tap;
        this.secrets = secrets;
    }

    /**
     * Newest first.
     *
     * @param bodies whether messages are shown whole, as {@code relay.tap.bodies} says
     */
    public record Page(boolean bodies, List<View> messages) {}

    /**
     * One message.
     *
     * @param state {@code delivered} or {@code dead}
     * @param status of the answer that settled it; absent where there was none
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record View(
            Instant at,
            String integration,
            String type,
            String entity,
            String messageId,
            String state,
            Integer status,
            @JsonRawValue String message) {

        static View of(Tap.Seen seen, Secrets secrets) {
            return new View(
                    seen.at().truncatedTo(ChronoUnit.MILLIS),
                    seen.integration(),
                    seen.type(),
                    hidden(seen.entity(), secrets),
                    hidden(seen.messageId(), secrets),
                    seen.delivered() ? "delivered" : "dead",
                    seen.status() == 0 ? null : seen.status(),
                    seen.body() == null ? null : secrets.hide(new String(seen.body(), StandardCharsets.UTF_8)));
        }

        private static String hidden(String text, Secrets secrets) {
            return text == null ? null : secrets.hide(text);
        }
    }

    @GET
    public Page messages(@QueryParam("limit") @DefaultValue("100") String limit) {
        return new Page(
                tap.hasBodies(),
                tap.newest((int) Query.number("limit", limit, Tap.KEPT)).stream()
                        .map(seen -> View.of(seen, secrets))
                        .toList());
    }
}

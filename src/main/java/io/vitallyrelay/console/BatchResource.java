package io.vitallyrelay.console;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.vitallyrelay.delivery.LastBatches;
import io.vitallyrelay.delivery.Posted;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;

/** {@code GET /api/batches}: the last requests, and what came of them. */
@Path("/api/batches")
@Produces(MediaType.APPLICATION_JSON)
public class BatchResource {
    private static final int SHOWN = 300;

    private final LastBatches batches;

    BatchResource(LastBatches batches) {
        this.batches = batches;
    }

    /** Newest first. */
    public record Page(List<View> batches) {}

    /**
     * One request.
     *
     * @param bytes of its body
     * @param verdict what the answer means for its messages
     * @param status of the answer; absent where there was none
     * @param answer its first characters; absent where there was none
     * @param failure why there was none; absent where there was one
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record View(
            Instant at,
            int lane,
            int messages,
            long bytes,
            long millis,
            String verdict,
            Integer status,
            String answer,
            String failure) {

        static View of(LastBatches.Entry entry) {
            Posted posted = entry.posted();
            boolean answered = posted.answer() != null;
            return new View(
                    entry.at().truncatedTo(ChronoUnit.MILLIS),
                    posted.lane(),
                    posted.messages(),
                    posted.bytes(),
                    posted.took().toMillis(),
                    posted.verdict().name().toLowerCase(Locale.ROOT),
                    answered ? posted.answer().status() : null,
                    answered ? begin(posted.answer().text()) : null,
                    posted.failure());
        }

        private static String begin(String text) {
            return text.length() <= SHOWN ? text : text.substring(0, SHOWN);
        }
    }

    @GET
    public Page batches(@QueryParam("limit") @DefaultValue("100") String limit) {
        return new Page(batches.newest((int) Query.number("limit", limit, LastBatches.KEPT)).stream()
                .map(View::of)
                .toList());
    }
}

package io.vitallyrelay.console;

import io.vitallyrelay.delivery.Secrets;
import io.vitallyrelay.spool.DeadLetter;
import io.vitallyrelay.spool.DeadLetterFilter;
import io.vitallyrelay.spool.DeadLetters;
import io.vitallyrelay.spool.Spool;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;

/**
 * {@code GET /api/dead-letters/export}: all dead letters that fit a filter, as one file. It is read and written a page at a time,
 * so that the memory which it takes does not grow with their number. Where one cannot be read, the connection is broken off.
 */
@Path("/api/dead-letters/export")
public class DeadLetterExport {
    private static final int PAGE = 250;
    private static final DateTimeFormatter MOMENT =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

    private final DeadLetters letters;
    private final Secrets secrets;

    DeadLetterExport(Spool spool, Secrets secrets) {
        this.letters = spool.deadLetters();
        this.secrets = secrets;
    }

    /**
     * The filters are those of {@link DeadLetterResource#letters}.
     *
     * @param format {@code jsonl} or {@code csv}
     */
    @GET
    public Response export(
            @QueryParam("format") @DefaultValue("jsonl") String format,
            @QueryParam("integration") String integration,
            @QueryParam("code") String code,
            @QueryParam("reason") String reason,
            @QueryParam("since") String since,
            @QueryParam("until") String until,
            @QueryParam("entity") String entity,
            @QueryParam("messageId") String messageId) {
        ExportFormat as = ExportFormat.of(format);
        DeadLetterFilter filter = Query.filter(integration, code, reason, since, until, entity, messageId);
        String file = "dead-letters-" + MOMENT.format(Instant.now()) + "." + as.word();
        StreamingOutput all = out -> write(as, filter, out);
        return Response.ok(all, as.type())
                .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"" + file + "\"")
                .build();
    }

    private void write(ExportFormat format, DeadLetterFilter filter, OutputStream out) throws IOException {
        out.write(format.head().getBytes(StandardCharsets.UTF_8));
        // a page of what only the letters themselves tell looks at all of them: once is enough
        DeadLetterFilter paged = filter.isOfKinds() ? filter : withoutReason(filter);
        long last = 0;
        while (last >= 0) {
            last = writePage(format, letters.page(paged, last, PAGE).letters(), filter, out);
        }
    }

    /** @return the id of the last one, -1 where there is none */
    private long writePage(ExportFormat format, List<DeadLetter> page, DeadLetterFilter filter, OutputStream out)
            throws IOException {
        for (DeadLetter letter : page) {
            if (filter.test(letter)) {
                out.write(format.line(DeadLetterView.of(letter, secrets)).getBytes(StandardCharsets.UTF_8));
            }
        }
        return page.isEmpty() ? -1 : page.get(page.size() - 1).id();
    }

    private static DeadLetterFilter withoutReason(DeadLetterFilter filter) {
        return new DeadLetterFilter(
                filter.integration(),
                filter.code(),
                null,
                filter.since(),
                filter.until(),
                filter.entity(),
                filter.messageId());
    }
}

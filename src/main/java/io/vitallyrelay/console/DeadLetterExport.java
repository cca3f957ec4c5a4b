package io.vitallyrelay.console;

import io.vitallyrelay.delivery.Secrets;
import io.vitallyrelay.spool.DeadLetter;
import io.vitallyrelay.spool.DeadLetterFilter;
import io.vitallyrelay.spool.DeadLetterPage;
import io.vitallyrelay.spool.DeadLetters;
import io.vitallyrelay.spool.Spool;
import jakarta.ws.rs.BeanParam;
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

    /** @param format {@code jsonl} or {@code csv} */
    @GET
    public Response export(@QueryParam("format") @DefaultValue("jsonl") String format, @BeanParam LetterQuery query) {
        ExportFormat as = ExportFormat.of(format);
        DeadLetterFilter filter = query.filter();
        String file = "dead-letters-" + MOMENT.format(Instant.now()) + "." + as.word();
        StreamingOutput all = out -> write(as, filter, out);
        return Response.ok(all, as.type())
                .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"" + file + "\"")
                .build();
    }

    private void write(ExportFormat format, DeadLetterFilter filter, OutputStream out) throws IOException {
        out.write(format.head().getBytes(StandardCharsets.UTF_8));
        long after = 0;
        while (after != DeadLetterPage.END) {
            DeadLetterPage page = letters.page(filter, after, PAGE);
            for (DeadLetter letter : page.letters()) {
                out.write(format.line(DeadLetterView.of(letter, secrets)).getBytes(StandardCharsets.UTF_8));
            }
            after = page.next();
        }
    }
}

package io.vitallyrelay.cli;

import java.io.PrintStream;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;

/**
 * Shows how it goes with a service again and again: on a terminal in the same place, else block after block. A service that does
 * not answer for a while is asked again. Not thread-safe.
 */
final class StatusWatch {
    private static final String HOME = "\u001b[H";
    private static final String CLEAR_LINE = "\u001b[K";
    private static final String CLEAR_REST = "\u001b[J";

    private final ServiceClient client;
    private final boolean json;
    private final boolean terminal;
    private final PrintStream out;
    private final InstantSource clock;
    private Seen before;

    private record Seen(Instant at, long read, long delivered) {}

    /**
     * @param json a line of JSON instead of a table
     * @param terminal whether the place of the table is the terminal
     */
    StatusWatch(ServiceClient client, boolean json, boolean terminal, PrintStream out, InstantSource clock) {
        this.client = client;
        this.json = json;
        this.terminal = terminal && !json;
        this.out = out;
        this.clock = clock;
    }

    /** Looks once. What keeps the service from answering is shown in its place. */
    void look() throws InterruptedException {
        try {
            show(json ? JsonOption.text(ServiceStatus.json(client)) : table());
        } catch (CommandException e) {
            before = null;
            show(json ? "{\"error\":" + JsonOption.quoted(e.getMessage()) + "}" : now() + "  " + e.getMessage() + "\n");
        }
    }

    private String table() throws CommandException, InterruptedException {
        ServiceStatus status = ServiceStatus.of(client);
        Seen seen = new Seen(
                clock.instant(), status.ledger().read(), status.ledger().delivered());
        String head = now() + rates(seen);
        before = seen;
        return head + "\n" + status + "\n";
    }

    private String rates(Seen seen) {
        if (before == null) {
            return "";
        }
        double seconds = Math.max(1, before.at.until(seen.at, ChronoUnit.MILLIS)) / 1000.0;
        return "  %.0f read and %.0f delivered a second"
                .formatted((seen.read - before.read) / seconds, (seen.delivered - before.delivered) / seconds);
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.SECONDS);
    }

    private void show(String block) {
        if (terminal) {
            out.print(HOME + block.replace("\n", CLEAR_LINE + "\n") + CLEAR_REST);
        } else {
            out.println(block);
        }
        out.flush();
    }
}

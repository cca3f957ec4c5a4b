package io.vitallyrelay.demo;

import io.vitallyrelay.ledger.LedgerView;
import java.io.PrintStream;

/** The four sums of the ledger: one line that changes on a terminal, elsewhere a line at each change. Not thread-safe. */
final class Progress {
    private static final String BACK = "\r";
    private static final String CLEAR_REST = "\u001b[K";

    private final PrintStream out;
    private final boolean terminal;
    private String shown = "";

    Progress(PrintStream out, boolean terminal) {
        this.out = out;
        this.terminal = terminal;
    }

    void show(LedgerView ledger) {
        String line = "read %d, delivered %d, dead %d, pending %d"
                .formatted(ledger.read(), ledger.delivered(), ledger.dead(), ledger.pending());
        if (line.equals(shown)) {
            return;
        }
        shown = line;
        if (terminal) {
            out.print(BACK + line + CLEAR_REST);
            out.flush();
        } else {
            out.println(line);
        }
    }

    /** What is printed next stands on a line of its own. */
    void end() {
        if (terminal && !shown.isEmpty()) {
            out.println();
        }
    }
}

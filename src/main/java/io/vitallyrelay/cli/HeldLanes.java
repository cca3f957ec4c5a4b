package io.vitallyrelay.cli;

import io.vitallyrelay.delivery.Hold;
import java.time.temporal.ChronoUnit;
import java.util.List;

/** Says what is held, by whom and why, and since when. */
final class HeldLanes {
    private HeldLanes() {}

    /** A line for each hold behind one that says what a hold is, without an end of line behind the last one. */
    static String told(List<Hold> holds) {
        boolean all = holds.stream().anyMatch(hold -> hold.integration() == null);
        StringBuilder lines = new StringBuilder(
                all
                        ? "The lanes are held: nothing is sent until they are released."
                        : "Held until it is released, while the others go on:");
        for (Hold hold : holds) {
            lines.append("\n- since ")
                    .append(hold.since().truncatedTo(ChronoUnit.MILLIS))
                    .append(": ")
                    .append(TextTable.printable(hold.told()));
        }
        return lines.toString();
    }
}

package io.vitallyrelay.cli;

import io.vitallyrelay.delivery.Hold;
import java.time.temporal.ChronoUnit;
import java.util.List;

/** Says why the lanes are held and since when. */
final class HeldLanes {
    private HeldLanes() {}

    /** A line for each hold behind one that says what a hold is, without an end of line behind the last one. */
    static String told(List<Hold> holds) {
        StringBuilder lines = new StringBuilder("The lanes are held: nothing is sent until they are released.");
        for (Hold hold : holds) {
            lines.append("\n- since ")
                    .append(hold.since().truncatedTo(ChronoUnit.MILLIS))
                    .append(": ")
                    .append(TextTable.printable(hold.told()));
        }
        return lines.toString();
    }
}

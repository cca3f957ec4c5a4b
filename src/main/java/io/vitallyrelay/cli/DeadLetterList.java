package io.vitallyrelay.cli;

import java.util.ArrayList;
import java.util.List;

/**
 * What {@code GET /api/dead-letters} answers, as far as the commands show it.
 *
 * @param total how many there are in all; null where the service did not look at all of them
 * @param letters the first of them, oldest first
 * @param next the id behind which there are, or may be, more; null where there are none
 */
public record DeadLetterList(Long total, List<Letter> letters, String next) {

    /** @param status of the answer that refused it; null when it was never sent */
    public record Letter(
            String id,
            String integration,
            UnitPosition origin,
            String code,
            String reason,
            Integer status,
            String at) {}

    public record UnitPosition(String unit, String position) {
        /** The unit without its fingerprint, and the position in it. */
        @Override
        public String toString() {
            int mark = unit.lastIndexOf('#');
            return (mark < 0 ? unit : unit.substring(0, mark)) + ", " + position;
        }
    }

    /** With those of the page behind it. */
    DeadLetterList and(DeadLetterList further) {
        List<Letter> all = new ArrayList<>(letters);
        all.addAll(further.letters);
        return new DeadLetterList(total, all, further.next);
    }

    /** How many they are, and how to see the others. */
    String count() {
        String of = total == null ? "" : " of " + total;
        return letters.size() + of + " dead letters" + (next == null ? "" : "; for more: --after " + next);
    }

    public TextTable table() {
        TextTable table = new TextTable("id", "at", "integration", "origin", "code", "status", "reason");
        for (Letter letter : letters) {
            String status = letter.status() == null ? "-" : letter.status().toString();
            table.add(
                    letter.id(),
                    letter.at(),
                    letter.integration(),
                    letter.origin(),
                    letter.code(),
                    status,
                    letter.reason());
        }
        return table;
    }
}

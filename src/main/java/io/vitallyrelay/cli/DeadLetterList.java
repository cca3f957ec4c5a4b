package io.vitallyrelay.cli;

import java.util.List;

/**
 * What {@code GET /api/dead-letters} answers, as far as the commands show it.
 *
 * @param total how many there are in all
 * @param letters the first of them, oldest first
 */
public record DeadLetterList(long total, List<Letter> letters) {

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

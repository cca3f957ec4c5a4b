package io.vitallyrelay.cli;

import java.util.List;
import java.util.Map;

/**
 * What {@code GET /api/dead-letters/groups} answers.
 *
 * @param total how many letters there are in all
 * @param groups those with most letters first
 */
record DeadLetterGroups(long total, List<Group> groups) {

    /**
     * Letters of one kind.
     *
     * @param status of the answer that refused them; 0 when they were never sent
     * @param reason null where there are too many different ones
     */
    record Group(String integration, String code, int status, String reason, long letters) {}

    static String path(Map<String, String> filter) {
        String query = ServiceClient.query(filter);
        return "/api/dead-letters/groups" + (query.isEmpty() ? "" : "?" + query.substring(1));
    }

    /** That many, in words. */
    static String letters(long number) {
        return number + (number == 1 ? " dead letter" : " dead letters");
    }

    /** A table with the letters of each kind where there are some, and their sum. */
    @Override
    public String toString() {
        String sum = letters(total);
        if (groups.isEmpty()) {
            return sum;
        }
        TextTable table = new TextTable("letters", "integration", "code", "status", "reason");
        for (Group group : groups) {
            table.add(
                    group.letters(),
                    group.integration(),
                    group.code(),
                    group.status() == 0 ? "-" : Integer.toString(group.status()),
                    group.reason() == null ? "(too many different ones)" : group.reason());
        }
        return table + "\n\n" + sum;
    }
}

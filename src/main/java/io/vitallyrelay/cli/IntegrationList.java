package io.vitallyrelay.cli;

import java.util.List;

/** What {@code GET /api/integrations} answers, as far as the commands show it. */
record IntegrationList(List<Integration> integrations) {
    static final String PATH = "/api/integrations";

    /**
     * One integration.
     *
     * @param why null where nothing is wrong
     * @param since null where it is not known
     */
    record Integration(
            String integration,
            String state,
            String why,
            String since,
            long read,
            long delivered,
            long dead,
            long discarded,
            long pending) {

        /** What is wrong with it, where that does not stand among the holds; else null. */
        String trouble() {
            if (why == null || state.equals("held")) {
                return null;
            }
            return integration + " is " + state + (since == null ? "" : " since " + since) + ": " + why;
        }
    }
}

package io.vitallyrelay.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vitallyrelay.ledger.LedgerView;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** How it goes with a service: a table of its integrations, what is wrong with them, and what is held. */
record ServiceStatus(LedgerView ledger, List<IntegrationList.Integration> integrations) {
    /** No units: there can be many. */
    private static final String LEDGER = "/api/ledger?limit=0";

    static ServiceStatus of(ServiceClient client) throws CommandException, InterruptedException {
        return new ServiceStatus(
                client.get(LEDGER, LedgerView.class),
                client.get(IntegrationList.PATH, IntegrationList.class).integrations());
    }

    /** The ledger as the service answers, with the state of each integration. */
    static JsonNode json(ServiceClient client) throws CommandException, InterruptedException {
        JsonNode ledger = client.tree(LEDGER);
        JsonNode integrations = client.tree(IntegrationList.PATH).path("integrations");
        return ledger instanceof ObjectNode object ? object.set("integrations", integrations) : ledger;
    }

    /** Over several lines, without an end of line behind the last one. */
    @Override
    public String toString() {
        StringBuilder told = new StringBuilder(table().toString());
        List<String> troubles = integrations.stream()
                .map(IntegrationList.Integration::trouble)
                .filter(Objects::nonNull)
                .map(TextTable::printable)
                .toList();
        if (!troubles.isEmpty()) {
            told.append("\n\n").append(String.join("\n", troubles));
        }
        if (ledger.held()) {
            told.append("\n\n").append(HeldLanes.told(ledger.holds()));
        }
        return told.toString();
    }

    private TextTable table() {
        boolean discarded = ledger.discarded() > 0;
        List<String> headline =
                new ArrayList<>(List.of("integration", "state", "read", "delivered", "dead", "pending"));
        if (discarded) {
            headline.add(5, "discarded");
        }
        TextTable table = new TextTable(headline.toArray(String[]::new));
        integrations.forEach(each -> add(
                table,
                discarded,
                each.integration(),
                each.state(),
                each.read(),
                each.delivered(),
                each.dead(),
                each.discarded(),
                each.pending()));
        add(
                table,
                discarded,
                "total",
                "",
                ledger.read(),
                ledger.delivered(),
                ledger.dead(),
                ledger.discarded(),
                ledger.pending());
        return table;
    }

    /** @param cells with the discarded ones, which are left out where there are none at all */
    private static void add(TextTable table, boolean discarded, Object... cells) {
        List<Object> row = new ArrayList<>(List.of(cells));
        if (!discarded) {
            row.remove(5);
        }
        table.add(row.toArray());
    }
}

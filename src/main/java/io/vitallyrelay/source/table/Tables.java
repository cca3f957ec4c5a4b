package io.vitallyrelay.source.table;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** All integrations that read tables, those that cannot be started too. Thread-safe. */
public final class Tables {
    private final Map<String, Table> polled = new ConcurrentHashMap<>();
    private final Map<String, String> notPolled = new ConcurrentHashMap<>();

    public void add(String integration, Table table) {
        polled.put(integration, table);
    }

    /** @return whether that is news: Camel makes a consumer again when it starts a route that it had only loaded */
    public boolean addNotPolled(String integration, String why) {
        return !why.equals(notPolled.put(integration, why));
    }

    public Optional<Table> of(String integration) {
        return Optional.ofNullable(polled.get(integration));
    }

    /** By integration. */
    public List<TableStatus> status() {
        List<TableStatus> status = new ArrayList<>();
        polled.values().forEach(table -> status.add(table.status()));
        notPolled.forEach((integration, why) -> status.add(TableStatus.notPolled(integration, why)));
        status.sort(Comparator.comparing(TableStatus::integration));
        return status;
    }
}

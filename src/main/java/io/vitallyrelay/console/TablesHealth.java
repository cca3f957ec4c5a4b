package io.vitallyrelay.console;

import io.vitallyrelay.source.table.TableStatus;
import io.vitallyrelay.source.table.Tables;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Objects;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

/** Always UP, because a table that cannot be polled keeps no other source from its work; its data say which, and why. */
@Readiness
@ApplicationScoped
public class TablesHealth implements HealthCheck {
    private final Tables tables;

    TablesHealth(Tables tables) {
        this.tables = tables;
    }

    @Override
    public HealthCheckResponse call() {
        HealthCheckResponseBuilder answer = HealthCheckResponse.named("tables").up();
        for (TableStatus table : tables.status()) {
            answer.withData(table.integration(), state(table));
        }
        return answer.build();
    }

    private static String state(TableStatus table) {
        String state = Objects.requireNonNullElse(table.failure(), "polled");
        return table.waitsSince() == null
                ? state
                : "waits since " + table.waitsSince() + " for its database; before: " + state;
    }
}

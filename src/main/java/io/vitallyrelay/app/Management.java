package io.vitallyrelay.app;

import io.quarkus.runtime.StartupEvent;
import io.quarkus.vertx.http.runtime.VertxHttpRecorder;
import io.vertx.core.Vertx;
import io.vitallyrelay.console.ManagementPort;
import io.vitallyrelay.settings.Settings;
import io.vitallyrelay.settings.SettingsTable;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import org.jboss.logging.Logger;

/** Opens the port of {@code relay.http.management-port}. Quarkus' own is there or not as the build says, not the settings. */
@Singleton
public class Management {
    private static final Logger LOG = Logger.getLogger(Management.class);

    void start(@Observes StartupEvent started, ManagementPort port, Vertx vertx, Settings settings) {
        if (port.isThere()) {
            port.open(vertx, VertxHttpRecorder.getRootHandler());
            LOG.infof(
                    "/q/health and /q/metrics are at port %d, for whoever reaches it",
                    settings.get(SettingsTable.MANAGEMENT_PORT));
        }
    }
}

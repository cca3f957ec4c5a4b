package io.vitallyrelay.app;

import io.vitallyrelay.delivery.DrainReport;
import io.vitallyrelay.delivery.Stop;
import io.vitallyrelay.delivery.UnderWay;
import io.vitallyrelay.delivery.camel.LaneComponent;
import io.vitallyrelay.settings.Settings;
import io.vitallyrelay.settings.SettingsTable;
import io.vitallyrelay.spool.LaneCounts;
import io.vitallyrelay.spool.Spool;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.camel.CamelContext;
import org.apache.camel.component.http.HttpEndpoint;
import org.apache.camel.spi.RouteStartupOrder;
import org.apache.camel.support.LifecycleStrategySupport;
import org.apache.hc.core5.io.CloseMode;
import org.jboss.logging.Logger;

/**
 * The order of a stop: sources first, then each lane sends the batch it has open, then nobody waits any more. What is not
 * delivered within {@code relay.shutdown.grace} stays pending. Camel's own stop waits for this and finds little left to do.
 */
@Singleton
public class Drain extends LifecycleStrategySupport {
    private static final Logger LOG = Logger.getLogger(Drain.class);
    /** The part of the grace that sources may use up. */
    private static final int SOURCES_PART = 2;
    /** They have so much in any case, as Camel wants a time. */
    private static final Duration SOURCES_LEAST = Duration.ofSeconds(1);
    /** So long lanes have to notice that nobody waits any more. */
    private static final Duration NOTICING = Duration.ofSeconds(1);

    private final Settings settings;
    private final Spool spool;
    private final Stop stop;
    private final UnderWay underWay;

    Drain(Settings settings, Spool spool, Stop stop, UnderWay underWay) {
        this.settings = settings;
        this.spool = spool;
        this.stop = stop;
        this.underWay = underWay;
    }

    /** Both threads in which Quarkus stops Camel come here: the second one waits for the first. */
    @Override
    public synchronized void onContextStopping(CamelContext camel) {
        if (stop.isNow()) {
            return;
        }
        try {
            drain(camel, settings.get(SettingsTable.SHUTDOWN_GRACE));
        } catch (Exception e) {
            LOG.error("the stop is cut short, nothing is lost", e);
        } finally {
            stop.now();
        }
    }

    private void drain(CamelContext camel, Duration grace) throws Exception {
        LOG.infof("stopping: sources first, then open batches are sent, for at most %d s", grace.toSeconds());
        long begun = System.nanoTime();
        List<LaneCounts> before = spool.lanes().counts();
        stop.to(Stop.Step.SOURCES);
        spool.letNoSourceWait();
        stopSources(camel, grace.dividedBy(SOURCES_PART));
        stop.to(Stop.Step.LANES);
        if (!underWay.awaitNone(grace.minusNanos(System.nanoTime() - begun))) {
            stop.now();
            closeConnections(camel);
            boolean unused = underWay.awaitNone(NOTICING);
        }
        LOG.info(new DrainReport(
                Duration.ofNanos(System.nanoTime() - begun),
                before,
                spool.lanes().counts()));
    }

    /** All routes but the lanes. Camel knows which of them feed others and stops these last. */
    private static void stopSources(CamelContext camel, Duration atMost) throws Exception {
        List<RouteStartupOrder> sources = camel.getCamelContextExtension().getRouteStartupOrder().stream()
                .filter(route -> !(route.getRoute().getEndpoint().getComponent() instanceof LaneComponent))
                .toList();
        long most = Math.max(atMost.toMillis(), SOURCES_LEAST.toMillis());
        camel.getShutdownStrategy().shutdown(camel, sources, most, TimeUnit.MILLISECONDS);
    }

    /** Nothing else ends the waiting of a thread for an answer. */
    private static void closeConnections(CamelContext camel) {
        camel.getEndpoints().stream()
                .filter(HttpEndpoint.class::isInstance)
                .map(HttpEndpoint.class::cast)
                .forEach(endpoint -> endpoint.getClientConnectionManager().close(CloseMode.IMMEDIATE));
    }
}

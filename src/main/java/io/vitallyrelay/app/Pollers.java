package io.vitallyrelay.app;

import io.vitallyrelay.source.SourceStates;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.apache.camel.CamelContext;
import org.apache.camel.Route;
import org.apache.camel.model.Model;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.spi.RouteStartupOrder;
import org.apache.camel.support.ScheduledPollConsumer;
import org.jboss.logging.Logger;

/**
 * Starts the pollers of files and tables again that have ended: an error in a poll ends its schedule, silently and for good.
 * A poll that lasts long is none that has ended. Not thread-safe.
 */
final class Pollers {
    private static final Logger LOG = Logger.getLogger(Pollers.class);
    private static final String SOURCE = "poller";
    private static final long BETWEEN_LOOKS_SECONDS = 5;
    /** A poller that did nothing for two of its delays and so long is taken for ended. */
    private static final long PATIENCE = TimeUnit.SECONDS.toNanos(20);

    private final CamelContext camel;
    private final SourceStates states;
    private final Map<ScheduledPollConsumer, Seen> seen = new HashMap<>();
    private final Set<String> restarted = new TreeSet<>();

    private record Seen(long polls, long at) {}

    Pollers(CamelContext camel, SourceStates states) {
        this.camel = camel;
        this.states = states;
    }

    /** Looks now and then, until Camel stops. */
    void watch() {
        var unused = camel.getExecutorServiceManager()
                .newSingleThreadScheduledExecutor(this, "pollers")
                .scheduleWithFixedDelay(
                        () -> look(System.nanoTime()), BETWEEN_LOOKS_SECONDS, BETWEEN_LOOKS_SECONDS, TimeUnit.SECONDS);
    }

    /** @param now in nanoseconds, from any beginning */
    void look(long now) {
        List<RouteStartupOrder> routes =
                List.copyOf(camel.getCamelContextExtension().getRouteStartupOrder());
        for (RouteStartupOrder started : routes) {
            // neither one that a stop has suspended, nor one that is not set up to poll
            if (started.getInput() instanceof ScheduledPollConsumer poller
                    && poller.isStarted()
                    && poller.isSchedulerStarted()
                    && !camel.isStopping()) {
                look(started.getRoute(), poller, now);
            }
        }
    }

    private void look(Route route, ScheduledPollConsumer poller, long now) {
        Seen before = seen.get(poller);
        long polls = poller.getCounter();
        if (before == null || polls != before.polls || poller.isPolling()) {
            seen.put(poller, new Seen(polls, now));
            if (polls > 0 && restarted.remove(route.getId()) && states.well(integration(route), SOURCE)) {
                LOG.infof("%s is read again", integration(route));
            }
            return;
        }
        long patience = PATIENCE + 2 * poller.getTimeUnit().toNanos(poller.getDelay());
        if (now - before.at > patience) {
            seen.remove(poller);
            restart(route);
        }
    }

    private void restart(Route route) {
        String integration = integration(route);
        if (states.ended(integration, SOURCE, "its poller has ended by an error, and is started again: see the log")) {
            LOG.errorf(
                    "the poller of %s (%s) has ended by an error, which Camel has told before, and is started again",
                    integration, route.getEndpoint().getEndpointBaseUri());
        }
        restarted.add(route.getId());
        try {
            camel.getRouteController().stopRoute(route.getId());
            camel.getRouteController().startRoute(route.getId());
        } catch (Exception e) {
            LOG.warnf("the poller of %s cannot be started again, which is tried again: %s", integration, e);
        }
    }

    /** The routes of a Kamelet have the integration among their parameters. */
    private String integration(Route route) {
        RouteDefinition made =
                camel.getCamelContextExtension().getContextPlugin(Model.class).getRouteDefinition(route.getId());
        Map<String, Object> parameters = made == null ? null : made.getTemplateParameters();
        Object integration = parameters == null ? null : parameters.get("integration");
        return integration == null ? route.getId() : integration.toString();
    }
}

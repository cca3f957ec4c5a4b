package io.vitallyrelay.app;

import java.util.Set;
import java.util.TreeSet;
import org.apache.camel.model.ModelLifecycleStrategySupport;
import org.apache.camel.model.RouteDefinition;

/** Keeps routes that read queues from being started where no broker is named, and remembers which. */
final class RoutesWithoutBroker extends ModelLifecycleStrategySupport {
    private static final String SOURCE = "kamelet:jms-queue-source";
    private static final String INSIDE_OF_IT = "jms:";

    private final Set<String> left = new TreeSet<>();

    @Override
    public void onAddRouteDefinition(RouteDefinition route) {
        String from = route.getInput().getEndpointUri();
        if (from.startsWith(SOURCE)) {
            left.add(route.getRouteId());
            route.autoStartup(false);
        } else if (from.startsWith(INSIDE_OF_IT)) {
            route.autoStartup(false);
        }
    }

    Set<String> left() {
        return left;
    }
}

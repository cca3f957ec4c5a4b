package io.vitallyrelay.app;

import java.util.Set;
import java.util.TreeSet;
import org.apache.camel.model.ModelLifecycleStrategySupport;
import org.apache.camel.model.RouteDefinition;

/** Knows the routes that read queues, which are not started where no broker is named, and remembers those there are. */
final class RoutesWithoutBroker extends ModelLifecycleStrategySupport {
    private static final String SOURCE = "kamelet:jms-queue-source";
    private static final String INSIDE_OF_IT = "jms:";

    private final Set<String> left = new TreeSet<>();

    @Override
    public void onAddRouteDefinition(RouteDefinition route) {
        String from = route.getInput().getEndpointUri();
        if (from.startsWith(SOURCE)) {
            left.add(route.getRouteId());
        }
    }

    /** Whether a route cannot be started where no broker is named. */
    static boolean readsAQueue(RouteDefinition route) {
        String from = route.getInput().getEndpointUri();
        return from.startsWith(SOURCE) || from.startsWith(INSIDE_OF_IT);
    }

    Set<String> left() {
        return left;
    }
}

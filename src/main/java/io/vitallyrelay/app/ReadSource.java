package io.vitallyrelay.app;

import io.vitallyrelay.source.Sources;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.camel.model.RouteDefinition;

/**
 * What a route reads.
 *
 * @param integration for which it does
 */
record ReadSource(String integration, Sources.Kind kind) {
    private static final Pattern INTEGRATION = Pattern.compile("[?&]integration=([^&]+)");
    private static final String TABLE = "kamelet:sql-rows-source";

    /** Empty where it begins with no Kamelet of a source. */
    static Optional<ReadSource> of(RouteDefinition route) {
        String from = route.getInput().getEndpointUri();
        Matcher integration = INTEGRATION.matcher(from);
        if (!from.startsWith("kamelet:") || !integration.find()) {
            return Optional.empty();
        }
        Sources.Kind kind = RoutesWithoutBroker.readsAQueue(route)
                ? Sources.Kind.QUEUE
                : from.startsWith(TABLE) ? Sources.Kind.TABLE : Sources.Kind.FILES;
        return Optional.of(new ReadSource(URLDecoder.decode(integration.group(1), StandardCharsets.UTF_8), kind));
    }

    void addTo(Sources sources) {
        sources.reads(integration, kind);
    }
}

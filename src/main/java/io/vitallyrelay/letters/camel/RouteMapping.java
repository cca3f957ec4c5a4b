package io.vitallyrelay.letters.camel;

import io.vitallyrelay.letters.Mapping;
import io.vitallyrelay.letters.NoReplayException;
import io.vitallyrelay.message.Json;
import io.vitallyrelay.message.Message;
import io.vitallyrelay.message.Origin;
import io.vitallyrelay.source.camel.ExchangeRecord;
import java.io.IOException;
import java.net.URISyntaxException;
import java.util.List;
import org.apache.camel.CamelContext;
import org.apache.camel.Consumer;
import org.apache.camel.Exchange;
import org.apache.camel.Route;
import org.apache.camel.util.URISupport;

/**
 * Sends a record through the route of its integration, as if its source had read it again; what comes to the spool in the end
 * is gathered. Thread-safe.
 */
public final class RouteMapping implements Mapping {
    private final CamelContext camel;

    public RouteMapping(CamelContext camel) {
        this.camel = camel;
    }

    @Override
    public List<Message> messages(Origin origin, byte[] record) throws NoReplayException {
        Consumer consumer = route(origin).getConsumer();
        RecordAgain again = new RecordAgain(origin, record);
        Exchange exchange = consumer.createExchange(false);
        try {
            exchange.setProperty(ExchangeRecord.PROPERTY, again);
            exchange.getMessage().setBody(Json.tree(record));
            consumer.getProcessor().process(exchange);
            if (exchange.getException() != null) {
                throw new NoReplayException(said(exchange.getException()));
            }
            return again.messages();
        } catch (IOException e) {
            throw new NoReplayException("it is no JSON: " + said(e));
        } catch (NoReplayException e) {
            throw e;
        } catch (Exception e) {
            throw new NoReplayException(said(e));
        } finally {
            consumer.releaseExchange(exchange, false);
        }
    }

    private static String said(Exception e) {
        return e.getMessage() == null ? e.toString() : e.getMessage();
    }

    /** Of several, the one whose source has such units. */
    private Route route(Origin origin) throws NoReplayException {
        List<Route> routes = camel.getRoutes().stream()
                .filter(route -> isOf(origin.integration(), route))
                .filter(route -> camel.getRouteController()
                        .getRouteStatus(route.getRouteId())
                        .isStarted())
                .toList();
        if (routes.isEmpty()) {
            throw new NoReplayException("no route that reads records of " + origin.integration() + " runs");
        }
        return routes.stream()
                .filter(route -> uri(route).contains(kindOfSource(origin.unit())))
                .findFirst()
                .orElse(routes.get(0));
    }

    /** The integration's own route begins with a source Kamelet, which has its name. */
    private static boolean isOf(String integration, Route route) {
        try {
            return uri(route).startsWith("kamelet:")
                    && integration.equals(URISupport.parseQuery(URISupport.extractQuery(uri(route)))
                            .get("integration"));
        } catch (URISyntaxException e) {
            return false;
        }
    }

    private static String kindOfSource(String unit) {
        return unit.startsWith("queue:") ? "queue" : unit.startsWith("table:") ? "sql" : "files";
    }

    private static String uri(Route route) {
        return route.getEndpoint().getEndpointUri();
    }
}

package io.vitallyrelay.source.camel;

import io.vitallyrelay.message.Origin;
import io.vitallyrelay.source.RecordInHand;
import java.nio.charset.StandardCharsets;
import org.apache.camel.Exchange;

/** Finds the record that an exchange carries. */
public final class Hand {
    public static final String PROPERTY = "relay.record";

    private Hand() {}

    /** Null where the route has no source that knows the place of its records. */
    public static RecordInHand of(Exchange exchange) {
        return (RecordInHand) exchange.getProperty(PROPERTY);
    }

    /** For records that come by themselves: the route, where it starts, and the id of the exchange. */
    public static Origin origin(Exchange exchange) {
        return new Origin(
                exchange.getFromRouteId(), exchange.getFromEndpoint().getEndpointBaseUri(), exchange.getExchangeId());
    }

    public static byte[] bytes(Exchange exchange) {
        Object body = exchange.getMessage().getBody();
        // "try", because there is no conversion from a list
        byte[] bytes = exchange.getContext().getTypeConverter().tryConvertTo(byte[].class, exchange, body);
        return bytes != null ? bytes : String.valueOf(body).getBytes(StandardCharsets.UTF_8);
    }
}

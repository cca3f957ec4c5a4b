package io.vitallyrelay.source.camel;

import io.vitallyrelay.message.Origin;
import io.vitallyrelay.source.RecordInHand;
import java.nio.charset.StandardCharsets;
import org.apache.camel.Exchange;
import org.apache.camel.Message;

/** Finds the record that an exchange carries. */
final class Hand {
    static final String PROPERTY = "relay.record";

    private Hand() {}

    /** Null where the route has no source that knows the place of its records. */
    static RecordInHand of(Exchange exchange) {
        return (RecordInHand) exchange.getProperty(PROPERTY);
    }

    /** For records that come by themselves: the route, where it starts, and the id of the exchange. */
    static Origin origin(Exchange exchange) {
        return new Origin(
                exchange.getFromRouteId(), exchange.getFromEndpoint().getEndpointBaseUri(), exchange.getExchangeId());
    }

    static byte[] bytes(Exchange exchange) {
        Message message = exchange.getMessage();
        byte[] bytes = message.getBody(byte[].class);
        return bytes != null ? bytes : String.valueOf(message.getBody()).getBytes(StandardCharsets.UTF_8);
    }
}

package io.vitallyrelay.source.camel;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.vitallyrelay.message.Json;
import io.vitallyrelay.message.Origin;
import io.vitallyrelay.source.RecordInHand;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;

/** Finds the record that an exchange carries. */
public final class ExchangeRecord {
    public static final String PROPERTY = "relay.record";

    private ExchangeRecord() {}

    /** Null where the route has no source that knows the place of its records. */
    public static RecordInHand of(Exchange exchange) {
        return (RecordInHand) exchange.getProperty(PROPERTY);
    }

    /** For records that come by themselves: the route, where it starts, and the id of the exchange. */
    public static Origin origin(Exchange exchange) {
        return new Origin(
                exchange.getFromRouteId(), exchange.getFromEndpoint().getEndpointBaseUri(), exchange.getExchangeId());
    }

    /** The body; a map or list as JSON, as a mapping would see it. */
    public static byte[] bytes(Exchange exchange) {
        Object body = exchange.getMessage().getBody();
        // "try", because there is no conversion from a list
        byte[] bytes = exchange.getContext().getTypeConverter().tryConvertTo(byte[].class, exchange, body);
        return bytes != null ? bytes : text(body).getBytes(StandardCharsets.UTF_8);
    }

    private static String text(Object body) {
        try {
            return body instanceof Map || body instanceof List ? Json.text(body) : String.valueOf(body);
        } catch (JsonProcessingException e) {
            return String.valueOf(body);
        }
    }
}

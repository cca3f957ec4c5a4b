package io.vitallyrelay.sink.camel;

import io.vitallyrelay.message.Contract;
import io.vitallyrelay.message.MessageType;
import io.vitallyrelay.message.Notices;
import io.vitallyrelay.message.NullPolicy;
import io.vitallyrelay.sink.Sink;
import io.vitallyrelay.source.RecordGroup;
import io.vitallyrelay.source.RecordInHand;
import io.vitallyrelay.source.SingleRecord;
import io.vitallyrelay.source.camel.ExchangeRecord;
import io.vitallyrelay.source.camel.ProducerOnlyEndpoint;
import io.vitallyrelay.spool.Spool;
import java.util.Locale;
import java.util.Map;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.support.DefaultComponent;

/** {@code spool:append?type=&nulls=}: gives the body to the {@link Sink}. */
public final class SpoolComponent extends DefaultComponent {
    private final Spool spool;
    private final Contract contract;
    private final Sink sink;

    /** @param notices is told of messages of one record that bring the same messageId */
    public SpoolComponent(Spool spool, Contract contract, Notices notices) {
        this.spool = spool;
        this.contract = contract;
        this.sink = new Sink(contract, notices);
    }

    @Override
    protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters) {
        if (!remaining.equals("append")) {
            throw new IllegalArgumentException("spool:" + remaining + ": must be append");
        }
        String type = getAndRemoveParameter(parameters, "type", String.class, "");
        if (!type.isEmpty() && !contract.knows(type)) {
            throw new IllegalArgumentException("type=" + type + ": must be one of " + MessageType.WIRE_NAMES);
        }
        String nulls = getAndRemoveParameter(parameters, "nulls", String.class, "");
        NullPolicy policy =
                switch (nulls.toLowerCase(Locale.ROOT)) {
                    case "" -> null; // as vitally.nulls says
                    case "omit" -> NullPolicy.OMIT;
                    case "send" -> NullPolicy.SEND;
                    default -> throw new IllegalArgumentException("nulls=" + nulls + ": must be omit or send");
                };
        Sink.Terms terms = new Sink.Terms(type.isEmpty() ? null : type, policy);
        return new ProducerOnlyEndpoint(uri, this, exchange -> append(exchange, terms));
    }

    private void append(Exchange exchange, Sink.Terms terms) throws Exception {
        Object body = exchange.getMessage().getBody();
        RecordInHand hand = ExchangeRecord.of(exchange);
        if (body instanceof RecordGroup rows) {
            sink.takeRest(rows, terms);
        } else if (hand != null) {
            sink.take(body, hand, terms);
        } else {
            RecordInHand single =
                    new SingleRecord(spool, ExchangeRecord.origin(exchange), ExchangeRecord.bytes(exchange));
            sink.take(body, single, terms);
            single.done();
        }
    }
}

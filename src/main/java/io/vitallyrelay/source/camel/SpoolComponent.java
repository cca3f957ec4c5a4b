package io.vitallyrelay.source.camel;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vitallyrelay.message.Contract;
import io.vitallyrelay.message.Message;
import io.vitallyrelay.message.MessageType;
import io.vitallyrelay.message.NullPolicy;
import io.vitallyrelay.message.RefusedException;
import io.vitallyrelay.message.Stamp;
import io.vitallyrelay.source.FileReading;
import io.vitallyrelay.source.NamelessAccounts;
import io.vitallyrelay.source.RecordInHand;
import io.vitallyrelay.source.SingleRecord;
import io.vitallyrelay.spool.Spool;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.support.DefaultComponent;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code spool:append?type=&nulls=}: checks the body against the contract and gathers it for the spool. The body is a Vitally
 * message (JSON node, map, text or bytes), an array or list of them, or nothing where the mapping dropped the record.
 */
public final class SpoolComponent extends DefaultComponent {
    private static final Logger LOG = LoggerFactory.getLogger(SpoolComponent.class);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Spool spool;
    private final Contract contract;
    private final NamelessAccounts nameless = new NamelessAccounts(LOG::warn);

    public SpoolComponent(Spool spool, Contract contract) {
        this.spool = spool;
        this.contract = contract;
    }

    @Override
    protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters) {
        if (!remaining.equals("append")) {
            throw new IllegalArgumentException("spool:" + remaining + ": must be append");
        }
        String type = getAndRemoveParameter(parameters, "type", String.class, "");
        if (!type.isEmpty() && MessageType.ofWireName(type).isEmpty()) {
            throw new IllegalArgumentException("type=" + type + ": must be one of " + MessageType.WIRE_NAMES);
        }
        String nulls = getAndRemoveParameter(parameters, "nulls", String.class, "omit");
        NullPolicy policy =
                switch (nulls.toLowerCase(Locale.ROOT)) {
                    case "omit" -> NullPolicy.OMIT;
                    case "send" -> NullPolicy.SEND;
                    default -> throw new IllegalArgumentException("nulls=" + nulls + ": must be omit or send");
                };
        return new ProducerOnlyEndpoint(uri, this, exchange -> append(exchange, type.isEmpty() ? null : type, policy));
    }

    private void append(Exchange exchange, String type, NullPolicy nulls) throws Exception {
        RecordInHand hand = Hand.of(exchange);
        if (exchange.getMessage().getBody() instanceof FileReading.Rows rows) {
            rows.takeRest(new ReadyMade(type, nulls));
        } else if (hand != null) {
            gather(exchange.getMessage().getBody(), hand, type, nulls);
        } else {
            RecordInHand single = new SingleRecord(spool, Hand.origin(exchange), Hand.bytes(exchange));
            gather(exchange.getMessage().getBody(), single, type, nulls);
            single.done();
        }
    }

    private void gather(Object body, RecordInHand hand, String type, NullPolicy nulls)
            throws RefusedException, IOException {
        if (body instanceof JsonNode node) {
            gather(node, hand, type, nulls);
        } else if (body instanceof List<?> list) {
            for (Object one : list) {
                gather(one, hand, type, nulls);
            }
        } else if (body instanceof byte[] bytes) {
            gather(JSON.readTree(bytes), hand, type, nulls);
        } else if (body instanceof String text) {
            gather(JSON.readTree(text), hand, type, nulls);
        } else if (body != null) {
            gather(JSON.<JsonNode>valueToTree(body), hand, type, nulls);
        }
    }

    private void gather(JsonNode node, RecordInHand hand, String type, NullPolicy nulls) throws RefusedException {
        if (node.isArray()) {
            for (JsonNode one : node) {
                gather(one, hand, type, nulls);
            }
        } else {
            Stamp stamp = stamp(hand, type, nulls);
            Message message = contract.admit(node, stamp);
            nameless.admitted(message.type(), node, stamp.origin());
            hand.intake().message(message, stamp.origin().position());
        }
    }

    private static Stamp stamp(RecordInHand hand, String type, NullPolicy nulls) {
        return new Stamp(type, nulls, hand.origin(), hand.intake().gathered());
    }

    /** Takes rows that are messages already. */
    private final class ReadyMade implements FileReading.Admission {
        private final String type;
        private final NullPolicy nulls;

        ReadyMade(String type, NullPolicy nulls) {
            this.type = type;
            this.nulls = nulls;
        }

        @Override
        public boolean admitText(byte[] json, RecordInHand hand) {
            Stamp stamp = stamp(hand, type, nulls);
            Message message = contract.admitPlain(json, stamp);
            if (message != null) {
                hand.intake().message(message, stamp.origin().position());
            }
            return message != null;
        }

        @Override
        public void admit(JsonNode row, RecordInHand hand) throws RefusedException {
            gather(row, hand, type, nulls);
        }
    }
}

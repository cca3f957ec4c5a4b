package io.vitallyrelay.source.queue.camel;

import io.vitallyrelay.message.Origin;
import io.vitallyrelay.source.Problem;
import io.vitallyrelay.source.Sha256;
import io.vitallyrelay.source.camel.ExchangeRecord;
import io.vitallyrelay.source.camel.ProducerOnlyEndpoint;
import io.vitallyrelay.source.queue.QueueBody;
import io.vitallyrelay.source.queue.QueueMessage;
import io.vitallyrelay.source.queue.Uncommitted;
import io.vitallyrelay.spool.Spool;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.component.jms.JmsMessage;
import org.apache.camel.support.DefaultComponent;
import org.apache.camel.support.DefaultMessage;

/**
 * {@code queue:open?integration=&queue=} makes the records in a JMS message the new body, to be split; {@code queue:close}
 * hands what they became to the spool, and fails where the message has to come again. {@link QueueContainer} commits.
 */
public final class QueueComponent extends DefaultComponent {
    /** Some senders make ids of their own; what is stored as a position must not be longer. */
    private static final int LONGEST_ID = 200;

    /** What tells a message from all others. */
    private static final String KEY = "relay.queue.message";

    private final Spool spool;
    private final Uncommitted uncommitted;
    private final int recordBytes;

    /** @param recordBytes bytes of a message's body, at most */
    public QueueComponent(Spool spool, Uncommitted uncommitted, int recordBytes) {
        this.spool = spool;
        this.uncommitted = uncommitted;
        this.recordBytes = recordBytes;
    }

    @Override
    protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters) {
        return switch (remaining) {
            case "open" -> {
                String integration = required(parameters, "integration");
                String unit = "queue:" + required(parameters, "queue");
                yield new ProducerOnlyEndpoint(uri, this, exchange -> open(exchange, integration, unit));
            }
            case "close" -> new ProducerOnlyEndpoint(uri, this, this::close);
            default -> throw new IllegalArgumentException("queue:" + remaining + ": must be open or close");
        };
    }

    private String required(Map<String, Object> parameters, String name) {
        String value = getAndRemoveParameter(parameters, name, String.class, "");
        if (value.isEmpty()) {
            throw new IllegalArgumentException(name + "= is missing");
        }
        return value;
    }

    private void open(Exchange exchange, String integration, String unit) throws JMSException {
        Message message = exchange.getMessage(JmsMessage.class).getJmsMessage();
        QueueBody body = body(message);
        Map<String, Object> headers = Map.of();
        try {
            headers = MessageHeaders.of(message);
        } catch (JMSException | RuntimeException e) {
            if (!Unopened.isOfMessage(e, message)) {
                throw e;
            }
            body = new QueueBody.Value(body.all(), Problem.malformed(Unopened.reason("a property", e)));
        }
        byte[] all = body.all();
        Origin origin = new Origin(integration, unit, position(message, all));
        String key = integration + ' ' + unit + ' ' + origin.position() + ' ' + Sha256.half(all);
        QueueMessage records;
        if (uncommitted.comesAgain(key)) {
            records = QueueMessage.takenBefore(spool, origin);
        } else {
            records = QueueMessage.of(spool, origin, body, recordBytes);
            exchange.setProperty(KEY, key);
        }
        exchange.setProperty(ExchangeRecord.PROPERTY, records);
        // not that of JMS: it would be asked for its headers again, in the middle of the route
        DefaultMessage opened = new DefaultMessage(exchange.getContext());
        opened.setHeaders(new HashMap<>(headers));
        opened.setBody(records);
        exchange.setIn(opened);
    }

    private void close(Exchange exchange) throws InterruptedException {
        ExchangeRecord.of(exchange).done();
        String key = exchange.getProperty(KEY, String.class);
        if (key != null) {
            uncommitted.taken(key);
        }
    }

    private QueueBody body(Message message) throws JMSException {
        try {
            return MessageBody.of(message, recordBytes);
        } catch (JMSException | RuntimeException e) {
            if (!Unopened.isOfMessage(e, message)) {
                throw e;
            }
            return MessageBody.unusable(Problem.malformed(Unopened.reason("the body", e)));
        }
    }

    /** The same whenever the message comes: messageIds are made from it. */
    private static String position(Message message, byte[] body) throws JMSException {
        String id = MessageHeaders.id(message);
        if (id == null || id.isEmpty()) {
            return "no id, sent " + message.getJMSTimestamp() + ", SHA-256 " + Sha256.half(body);
        }
        return id.length() <= LONGEST_ID ? id : "id with SHA-256 " + Sha256.half(id.getBytes(StandardCharsets.UTF_8));
    }
}

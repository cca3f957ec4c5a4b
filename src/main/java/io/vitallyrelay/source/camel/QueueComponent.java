package io.vitallyrelay.source.camel;

import io.vitallyrelay.message.Origin;
import io.vitallyrelay.source.QueueBody;
import io.vitallyrelay.source.QueueMessage;
import io.vitallyrelay.spool.Spool;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
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

    private final Spool spool;
    private final int recordBytes;

    /** @param recordBytes bytes of a message's body, at most */
    public QueueComponent(Spool spool, int recordBytes) {
        this.spool = spool;
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
            case "close" ->
                new ProducerOnlyEndpoint(
                        uri, this, exchange -> Hand.of(exchange).done());
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
            body = new QueueBody.Value(body.all(), Unopened.reason("a property", e));
        }
        Origin origin = new Origin(integration, unit, position(message, body.all()));
        QueueMessage records = QueueMessage.of(spool, origin, body, recordBytes);
        exchange.setProperty(Hand.PROPERTY, records);
        // not that of JMS: it would be asked for its headers again, in the middle of the route
        DefaultMessage opened = new DefaultMessage(exchange.getContext());
        opened.setHeaders(new HashMap<>(headers));
        opened.setBody(records);
        exchange.setIn(opened);
    }

    private QueueBody body(Message message) throws JMSException {
        try {
            return MessageBody.of(message, recordBytes);
        } catch (JMSException | RuntimeException e) {
            if (!Unopened.isOfMessage(e, message)) {
                throw e;
            }
            return MessageBody.unusable(Unopened.reason("the body", e));
        }
    }

    /** The same whenever the message comes: messageIds are made from it. */
    private static String position(Message message, byte[] body) throws JMSException {
        String id = message.getJMSMessageID();
        if (id == null || id.isEmpty()) {
            return "no id, sent " + message.getJMSTimestamp() + ", SHA-256 " + hash(body);
        }
        return id.length() <= LONGEST_ID ? id : "id with SHA-256 " + hash(id.getBytes(StandardCharsets.UTF_8));
    }

    private static String hash(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes), 0, 16);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java runtime has SHA-256", e);
        }
    }
}

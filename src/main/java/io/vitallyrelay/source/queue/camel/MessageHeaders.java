package io.vitallyrelay.source.queue.camel;

import com.fasterxml.jackson.databind.JsonNode;
import jakarta.jms.Destination;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.Queue;
import jakarta.jms.Topic;
import java.math.BigDecimal;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.apache.activemq.artemis.jms.client.ActiveMQMessage;
import org.apache.camel.component.jms.DefaultJmsKeyFormatStrategy;
import org.apache.qpid.jms.message.JmsMessage;
import org.apache.qpid.jms.message.facade.JmsMessageFacade;

/**
 * The headers that a mapping sees of a JMS message: its properties, and what JMS itself says of it. They have the same names
 * and values over both protocols: names as they were sent, with {@code -} and {@code .} in them, and text, numbers or
 * booleans for values.
 */
final class MessageHeaders {
    private static final DefaultJmsKeyFormatStrategy KEYS = new DefaultJmsKeyFormatStrategy();

    private static final String ID_OF_AMQP = "NATIVE_MESSAGE_ID";

    private MessageHeaders() {}

    /** @throws JMSException when the message cannot be read, or not now */
    static Map<String, Object> of(Message message) throws JMSException {
        Map<String, Object> headers = new TreeMap<>();
        properties(message).forEach((name, value) -> {
            if (!isOfCamel(name)) {
                // a sender that is Camel writes - and . in a way of its own
                headers.put(KEYS.decodeKey(name), plain(value));
            }
        });
        headers.put("JMSMessageID", id(message));
        headers.put("JMSCorrelationID", message.getJMSCorrelationID());
        headers.put("JMSType", message.getJMSType());
        headers.put("JMSTimestamp", message.getJMSTimestamp());
        headers.put("JMSExpiration", message.getJMSExpiration());
        headers.put("JMSPriority", message.getJMSPriority());
        headers.put("JMSDeliveryMode", message.getJMSDeliveryMode());
        headers.put("JMSRedelivered", message.getJMSRedelivered());
        headers.put("JMSDestination", name(message.getJMSDestination()));
        headers.put("JMSReplyTo", name(message.getJMSReplyTo()));
        headers.put("JMSXGroupID", message.getStringProperty("JMSXGroupID"));
        headers.put("JMSXUserID", message.getStringProperty("JMSXUserID"));
        headers.values().removeIf(value -> value == null);
        return headers;
    }

    /**
     * The id that the sender gave it, the same whenever it comes. Artemis makes another id each time that it hands a message of AMQP
     * out over core, and keeps the one that came aside.
     */
    static String id(Message message) throws JMSException {
        String sent = message instanceof ActiveMQMessage ? message.getStringProperty(ID_OF_AMQP) : null;
        return sent == null ? message.getJMSMessageID() : sent;
    }

    /** The client of AMQP keeps names to itself that are none in Java, unless it is asked a floor below. */
    private static Map<String, Object> properties(Message message) throws JMSException {
        Map<String, Object> properties = new TreeMap<>();
        if (message instanceof JmsMessage amqp) {
            JmsMessageFacade facade = amqp.getFacade();
            for (String name : facade.getPropertyNames()) {
                properties.put(name, facade.getProperty(name));
            }
            return properties;
        }
        @SuppressWarnings("unchecked") // what the specification of JMS says of it
        List<String> names = Collections.<String>list(message.getPropertyNames());
        for (String name : names) {
            properties.put(name, message.getObjectProperty(name));
        }
        return properties;
    }

    /** With such names a sender could tell the steps of a route what to do. */
    private static boolean isOfCamel(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return lower.startsWith("camel") || lower.startsWith("org.apache.camel.");
    }

    private static Object plain(Object value) {
        JsonNode node = new JsonOfValue().of("", value);
        if (node.isNull()) {
            return null;
        } else if (node.isBoolean()) {
            return node.booleanValue();
        } else if (node.isNumber()) {
            return number(node.decimalValue());
        }
        return node.isTextual() ? node.textValue() : node.toString();
    }

    private static Number number(BigDecimal value) {
        try {
            return value.longValueExact();
        } catch (ArithmeticException e) {
            return value;
        }
    }

    private static String name(Destination destination) throws JMSException {
        if (destination instanceof Queue queue) {
            return queue.getQueueName();
        }
        return destination instanceof Topic topic ? topic.getTopicName() : null;
    }
}

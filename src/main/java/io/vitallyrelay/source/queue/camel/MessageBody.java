package io.vitallyrelay.source.queue.camel;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.vitallyrelay.source.Problem;
import io.vitallyrelay.source.queue.QueueBody;
import io.vitallyrelay.source.queue.QueueBody.Value;
import jakarta.jms.BytesMessage;
import jakarta.jms.JMSException;
import jakarta.jms.MapMessage;
import jakarta.jms.Message;
import jakarta.jms.MessageEOFException;
import jakarta.jms.ObjectMessage;
import jakarta.jms.StreamMessage;
import jakarta.jms.TextMessage;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.activemq.artemis.api.core.ActiveMQBuffer;
import org.apache.activemq.artemis.jms.client.ActiveMQBytesMessage;
import org.apache.activemq.artemis.jms.client.ActiveMQObjectMessage;
import org.apache.qpid.jms.message.JmsMessage;

/** Reads the body of a JMS message: its text, its bytes, or what JSON its map or its values of AMQP are. */
final class MessageBody {
    /** What Artemis' client makes of a message in which nobody wrote a byte. */
    private static final byte[] EMPTY_IN_CORE = new byte[4];

    private static final String USABLE = ": must be text, bytes or a map";

    private MessageBody() {}

    /**
     * @param maxBytes of a longer body no more is read than shows that it is longer
     * @throws JMSException when the message cannot be read, or not now
     */
    static QueueBody of(Message message, int maxBytes) throws JMSException {
        if (message instanceof TextMessage text) {
            return ofText(text.getText());
        } else if (message instanceof BytesMessage bytes) {
            return ofBytes(bytes, maxBytes);
        } else if (message instanceof MapMessage map) {
            return ofValue(entries(map));
        } else if (message instanceof StreamMessage stream) {
            return ofStream(stream);
        } else if (message instanceof ObjectMessage) {
            return ofObject(message);
        }
        return unusable(QueueBody.NONE);
    }

    private static QueueBody ofText(String text) {
        if (text == null) {
            return unusable(QueueBody.NONE);
        }
        try {
            ByteBuffer utf8 = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(text));
            return new QueueBody.Unread(Arrays.copyOf(utf8.array(), utf8.limit()));
        } catch (CharacterCodingException e) {
            return new Value(
                    text.getBytes(StandardCharsets.UTF_8),
                    Problem.malformed("contains half a surrogate pair, which is no character"));
        }
    }

    private static QueueBody ofBytes(BytesMessage message, int maxBytes) throws JMSException {
        byte[] body = new byte[(int) Math.min(message.getBodyLength(), maxBytes + 1L)];
        int length = Math.max(0, message.readBytes(body));
        boolean isEmpty = message instanceof ActiveMQBytesMessage && Arrays.equals(body, EMPTY_IN_CORE);
        return new QueueBody.Unread(Arrays.copyOf(body, isEmpty ? 0 : length));
    }

    /** Sorted: the order is none, and the messageId must not depend on it. */
    private static Map<String, Object> entries(MapMessage map) throws JMSException {
        Map<String, Object> entries = new TreeMap<>();
        @SuppressWarnings("unchecked") // what the specification of JMS says of it
        List<String> names = Collections.<String>list(map.getMapNames());
        for (String name : names) {
            entries.put(name, map.getObject(name));
        }
        return entries;
    }

    private static QueueBody ofValue(Object value) {
        if (value == null) {
            return unusable(QueueBody.NONE);
        }
        if (!(value instanceof List<?> list)) {
            return json("", value);
        }
        List<Value> elements = new ArrayList<>();
        for (Object one : list) {
            elements.add(json("", one));
        }
        return new QueueBody.Elements(elements);
    }

    private static Value json(String entry, Object value) {
        JsonOfValue json = new JsonOfValue();
        JsonNode node = json.of(entry, value);
        return new Value(utf8(node.toString()), json.problem() == null ? null : Problem.malformed(json.problem()));
    }

    private static QueueBody ofStream(StreamMessage stream) throws JMSException {
        ArrayNode values = JsonNodeFactory.instance.arrayNode();
        JsonOfValue json = new JsonOfValue();
        try {
            while (true) {
                values.add(json.of("", stream.readObject()));
            }
        } catch (MessageEOFException e) {
            return new Value(utf8(values.toString()), Problem.malformed("has a stream of values" + USABLE));
        }
    }

    /** Never opened: to read a Java object runs code that the sender chooses. */
    private static QueueBody ofObject(Message message) {
        Object body = message instanceof JmsMessage amqp
                ? AmqpSection.of(amqp)
                : message instanceof ActiveMQObjectMessage core
                        ? new JavaObject(bytes(core))
                        : new JavaObject(new byte[0]);
        if (body instanceof JavaObject object) {
            return new Value(
                    Base64.getEncoder().encode(object.bytes()),
                    Problem.malformed("has a Java object (" + object.described() + ")" + USABLE));
        }
        return ofValue(body);
    }

    private static byte[] bytes(ActiveMQObjectMessage message) {
        ActiveMQBuffer body = message.getCoreMessage().getDataBuffer();
        byte[] bytes = new byte[Math.max(0, Math.min(body.readInt(), body.readableBytes()))];
        body.readBytes(bytes);
        return bytes;
    }

    static Value unusable(Problem problem) {
        return new Value(new byte[0], problem);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}

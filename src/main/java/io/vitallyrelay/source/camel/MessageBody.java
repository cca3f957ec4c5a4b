package io.vitallyrelay.source.camel;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.jms.BytesMessage;
import jakarta.jms.JMSException;
import jakarta.jms.MapMessage;
import jakarta.jms.Message;
import jakarta.jms.ObjectMessage;
import jakarta.jms.StreamMessage;
import jakarta.jms.TextMessage;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/**
 * The bytes of a JMS message: its text, its bytes, or its map as a JSON object.
 *
 * @param problem why it has none, null where it has
 */
@SuppressWarnings("ArrayRecordComponent") // read once, never compared
record MessageBody(byte[] bytes, String problem) {

    /**
     * @param maxBytes of a longer body no more is read than shows that it is longer
     * @throws JMSException when the message cannot be read now
     */
    static MessageBody of(Message message, int maxBytes) throws JMSException {
        if (message instanceof TextMessage text) {
            return ofText(text.getText());
        }
        if (message instanceof BytesMessage bytes) {
            byte[] body = new byte[(int) Math.min(bytes.getBodyLength(), maxBytes + 1L)];
            int length = Math.max(0, bytes.readBytes(body));
            return new MessageBody(Arrays.copyOf(body, length), null);
        }
        if (message instanceof MapMessage map) {
            return ofMap(map);
        }
        // never opened: to read a Java object runs code that the sender chooses
        String kind = message instanceof ObjectMessage
                ? "a Java object"
                : message instanceof StreamMessage ? "a stream of values" : "no body";
        return unusable("has " + kind + ": must be text, bytes or a map");
    }

    private static MessageBody ofText(String text) {
        if (text == null) {
            return unusable("has no body: must be text, bytes or a map");
        }
        try {
            ByteBuffer utf8 = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(text));
            return new MessageBody(Arrays.copyOf(utf8.array(), utf8.limit()), null);
        } catch (CharacterCodingException e) {
            return new MessageBody(
                    text.getBytes(StandardCharsets.UTF_8), "contains half a surrogate pair, which is no character");
        }
    }

    private static MessageBody ofMap(MapMessage map) throws JMSException {
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        String problem = null;
        for (String name : names(map)) {
            Object value = map.getObject(name);
            if (value == null || value instanceof String || value instanceof Character) {
                object.put(name, value == null ? null : value.toString());
            } else if (value instanceof Boolean flag) {
                object.put(name, flag);
            } else if (value instanceof Number number && isFinite(number)) {
                object.put(name, new BigDecimal(number.toString()));
            } else {
                problem =
                        name + ": has no form in JSON, got " + value.getClass().getSimpleName();
                object.put(name, value instanceof Number ? value.toString() : "(bytes)");
            }
        }
        return new MessageBody(object.toString().getBytes(StandardCharsets.UTF_8), problem);
    }

    private static List<String> names(MapMessage map) throws JMSException {
        @SuppressWarnings("unchecked") // what the specification of JMS says of it
        List<String> names = Collections.<String>list(map.getMapNames());
        Collections.sort(names); // the order is none, and the messageId must not depend on it
        return names;
    }

    private static boolean isFinite(Number number) {
        return Double.isFinite(number.doubleValue());
    }

    private static MessageBody unusable(String problem) {
        return new MessageBody(new byte[0], problem);
    }
}

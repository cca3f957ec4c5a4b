package io.vitallyrelay.source.queue.camel;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.lang.reflect.Array;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.qpid.proton.amqp.Binary;
import org.apache.qpid.proton.amqp.Decimal128;
import org.apache.qpid.proton.amqp.Decimal32;
import org.apache.qpid.proton.amqp.Decimal64;
import org.apache.qpid.proton.amqp.DescribedType;
import org.apache.qpid.proton.amqp.Symbol;

/**
 * Makes JSON of a value of JMS or AMQP: maps are objects, lists and arrays are arrays, dates ISO 8601 in UTC, bytes Base64 as
 * in tables, decimals and unsigned numbers keep all their digits. What has no form in JSON stands there as text, and {@link
 * #problem} names the first such entry. Not thread-safe.
 */
final class JsonOfValue {
    /** As deep as JSON may be that is read as text, with some to spare for what is around it. */
    private static final int DEEPEST = 900;

    private String problem;

    /** What has no form in JSON, as {@code entry: what it is}; null where all has one. */
    String problem() {
        return problem;
    }

    /** @param entry what the value is called where it cannot be taken, for example {@code a.b[2]} */
    JsonNode of(String entry, Object value) {
        return of(entry, value, 0);
    }

    private JsonNode of(String entry, Object value, int depth) {
        if (value == null) {
            return NullNode.instance;
        } else if (value instanceof Boolean truth) {
            return BooleanNode.valueOf(truth);
        } else if (value instanceof Number number) {
            return number(entry, number);
        } else if (value instanceof Date date) {
            return TextNode.valueOf(date.toInstant().toString());
        } else if (value instanceof byte[] bytes) {
            return TextNode.valueOf(Base64.getEncoder().encodeToString(bytes));
        } else if (value instanceof Binary binary) {
            return TextNode.valueOf(StandardCharsets.ISO_8859_1
                    .decode(Base64.getEncoder().encode(binary.asByteBuffer()))
                    .toString());
        } else if (value instanceof CharSequence
                || value instanceof Character
                || value instanceof Symbol
                || value instanceof UUID) {
            return text(entry, value.toString());
        }
        return depth < DEEPEST
                ? container(entry, value, depth + 1)
                : unusable(entry, "is nested too deeply", "(deeper)");
    }

    private JsonNode container(String entry, Object value, int depth) {
        if (value instanceof Map<?, ?> map) {
            return object(entry, map, depth);
        } else if (value instanceof List<?> list) {
            ArrayNode array = JsonNodeFactory.instance.arrayNode(list.size());
            for (Object one : list) {
                array.add(of(entry + "[" + array.size() + "]", one, depth));
            }
            return array;
        } else if (value.getClass().isArray()) {
            ArrayNode array = JsonNodeFactory.instance.arrayNode(Array.getLength(value));
            for (int i = 0; i < Array.getLength(value); i++) {
                array.add(of(entry + "[" + i + "]", Array.get(value, i), depth));
            }
            return array;
        }
        String kind = value instanceof DescribedType described
                ? "is of the type " + described.getDescriptor()
                : "is of the type " + value.getClass().getSimpleName();
        return unusable(entry, kind + ", which has no form in JSON", value.toString());
    }

    private ObjectNode object(String entry, Map<?, ?> map, int depth) {
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        map.forEach((key, value) -> {
            String name = name(entry, key);
            String path = entry.isEmpty() ? name : entry + "." + name;
            if (object.has(name)) {
                unusable(path, "stands twice in one map", "");
            }
            object.set(name, of(path, value, depth));
        });
        return object;
    }

    private String name(String entry, Object key) {
        return of(entry, key, DEEPEST).asText();
    }

    private JsonNode number(String entry, Number number) {
        BigDecimal value;
        if (number instanceof Decimal128 decimal) {
            value = AmqpDecimals.read(decimal);
        } else if (number instanceof Decimal64 decimal) {
            value = AmqpDecimals.read(decimal);
        } else if (number instanceof Decimal32 decimal) {
            value = AmqpDecimals.read(decimal);
        } else if (number instanceof Double || number instanceof Float) {
            value = Double.isFinite(number.doubleValue()) ? new BigDecimal(number.toString()) : null;
        } else {
            value = new BigDecimal(number.toString());
        }
        if (value == null) {
            String shown = number instanceof Double || number instanceof Float ? number.toString() : "infinite or NaN";
            return unusable(entry, "is " + shown + ", which is no number in JSON", shown);
        }
        return DecimalNode.valueOf(value);
    }

    private JsonNode text(String entry, String text) {
        return StandardCharsets.UTF_8.newEncoder().canEncode(text)
                ? TextNode.valueOf(text)
                : unusable(entry, "contains half a surrogate pair, which is no character", text);
    }

    private JsonNode unusable(String entry, String why, String shown) {
        if (problem == null) {
            problem = entry.isEmpty() ? why : entry + ": " + why;
        }
        return TextNode.valueOf(shown);
    }
}

package io.vitallyrelay.message;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.Map;

/** Writes what traits and properties hold: any JSON, with the null policy applied and numbers in plain decimals. */
final class FreeContent {
    /** Levels of objects and arrays. Deeper data is a mistake, and would end the stack some day. */
    static final int MAX_DEPTH = 100;
    /** From this many zeros on, before or behind the point, a number keeps its exponent. */
    private static final int MAX_PLAIN_SCALE = 40;
    /** Whole doubles up to here are written as integers, with no {@code .0}. */
    private static final double MAX_WHOLE = 1e15;

    private FreeContent() {}

    static void write(JsonNode node, NullPolicy nulls, JsonBytes out) throws RefusedException {
        write(node, nulls, out, 1);
    }

    private static void write(JsonNode node, NullPolicy nulls, JsonBytes out, int depth) throws RefusedException {
        switch (node.getNodeType()) {
            case STRING -> out.string(node.textValue());
            case NUMBER -> number(node, out);
            case BOOLEAN -> out.ascii(node.booleanValue() ? "true" : "false");
            case NULL -> out.ascii("null");
            case OBJECT -> object(node, nulls, out, depth);
            case ARRAY -> array(node, nulls, out, depth);
            default -> throw new RefusedException("", "must be a JSON value", node);
        }
    }

    private static void object(JsonNode object, NullPolicy nulls, JsonBytes out, int depth) throws RefusedException {
        refuseTooDeep(object, depth);
        out.ascii('{');
        boolean first = true;
        for (Map.Entry<String, JsonNode> entry : object.properties()) {
            JsonNode value = entry.getValue();
            if (value.isNull() && nulls == NullPolicy.OMIT) {
                continue;
            }
            if (!first) {
                out.ascii(',');
            }
            first = false;
            try {
                out.string(entry.getKey());
                out.ascii(':');
                write(value, nulls, out, depth + 1);
            } catch (RefusedException e) {
                throw e.within(entry.getKey());
            }
        }
        out.ascii('}');
    }

    private static void array(JsonNode array, NullPolicy nulls, JsonBytes out, int depth) throws RefusedException {
        refuseTooDeep(array, depth);
        out.ascii('[');
        for (int i = 0; i < array.size(); i++) {
            if (i > 0) {
                out.ascii(',');
            }
            try {
                write(array.get(i), nulls, out, depth + 1);
            } catch (RefusedException e) {
                throw e.within("[" + i + "]");
            }
        }
        out.ascii(']');
    }

    private static void refuseTooDeep(JsonNode node, int depth) throws RefusedException {
        if (depth > MAX_DEPTH) {
            throw new RefusedException("", "must not lie deeper than " + MAX_DEPTH + " levels", node);
        }
    }

    private static void number(JsonNode number, JsonBytes out) throws RefusedException {
        if (number.isBigInteger()) {
            out.ascii(number.bigIntegerValue().toString());
        } else if (number.isIntegralNumber()) {
            out.ascii(Long.toString(number.longValue()));
        } else if (number.isBigDecimal()) {
            out.ascii(plain(number.decimalValue()));
        } else {
            double value = number.doubleValue();
            if (!Double.isFinite(value)) {
                throw new RefusedException("", "must be a finite number", number);
            }
            boolean whole = Math.rint(value) == value && Math.abs(value) < MAX_WHOLE;
            // asText: the shortest decimal that means this float or double
            out.ascii(whole ? Long.toString((long) value) : plain(new BigDecimal(number.asText())));
        }
    }

    private static String plain(BigDecimal number) {
        return Math.abs((long) number.scale()) <= MAX_PLAIN_SCALE ? number.toPlainString() : number.toString();
    }
}

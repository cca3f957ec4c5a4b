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

    private static final int BITS_OF_THREE_DIGITS = 10;

    private FreeContent() {}

    /** @return how many nulls were left out */
    static int write(JsonNode node, NullPolicy nulls, JsonBytes out) throws ContractException {
        return write(node, nulls, out, 1);
    }

    private static int write(JsonNode node, NullPolicy nulls, JsonBytes out, int depth) throws ContractException {
        switch (node.getNodeType()) {
            case STRING -> out.string(node.textValue());
            case NUMBER -> number(node, out);
            case BOOLEAN -> out.ascii(node.booleanValue() ? "true" : "false");
            case NULL -> out.ascii("null");
            case OBJECT -> {
                return object(node, nulls, out, depth);
            }
            case ARRAY -> {
                return array(node, nulls, out, depth);
            }
            default -> throw new ContractException("", "must be a JSON value", node);
        }
        return 0;
    }

    private static int object(JsonNode object, NullPolicy nulls, JsonBytes out, int depth) throws ContractException {
        refuseTooDeep(object, depth);
        out.ascii('{');
        boolean first = true;
        int leftOut = 0;
        for (Map.Entry<String, JsonNode> entry : object.properties()) {
            JsonNode value = entry.getValue();
            if (value.isNull() && nulls == NullPolicy.OMIT) {
                leftOut++;
                continue;
            }
            if (!first) {
                out.ascii(',');
            }
            first = false;
            try {
                out.string(entry.getKey());
                out.ascii(':');
                leftOut += write(value, nulls, out, depth + 1);
            } catch (ContractException e) {
                throw e.within(entry.getKey());
            }
        }
        out.ascii('}');
        return leftOut;
    }

    private static int array(JsonNode array, NullPolicy nulls, JsonBytes out, int depth) throws ContractException {
        refuseTooDeep(array, depth);
        int leftOut = 0;
        out.ascii('[');
        for (int i = 0; i < array.size(); i++) {
            if (i > 0) {
                out.ascii(',');
            }
            try {
                leftOut += write(array.get(i), nulls, out, depth + 1);
            } catch (ContractException e) {
                throw e.within("[" + i + "]");
            }
        }
        out.ascii(']');
        return leftOut;
    }

    private static void refuseTooDeep(JsonNode node, int depth) throws ContractException {
        if (depth > MAX_DEPTH) {
            throw new ContractException("", "must not lie deeper than " + MAX_DEPTH + " levels", node);
        }
    }

    private static void number(JsonNode number, JsonBytes out) throws ContractException {
        if (number.isBigInteger()) {
            refuseTooLarge(number, number.bigIntegerValue().bitLength());
            out.ascii(number.bigIntegerValue().toString());
        } else if (number.isIntegralNumber()) {
            out.ascii(Long.toString(number.longValue()));
        } else if (number.isBigDecimal()) {
            BigDecimal value = number.decimalValue();
            refuseTooLarge(number, ((long) value.precision() - value.scale()) * BITS_OF_THREE_DIGITS / 3);
            out.ascii(plain(value));
        } else {
            double value = number.doubleValue();
            if (!Double.isFinite(value)) {
                throw new ContractException("", "must be a finite number", number);
            }
            boolean whole = Math.rint(value) == value && Math.abs(value) < MAX_WHOLE;
            // asText: the shortest decimal that means this float or double
            out.ascii(whole ? Long.toString((long) value) : plain(new BigDecimal(number.asText())));
        }
    }

    /** Most readers make a double of a number: of such a one they would make infinity, or refuse the batch. */
    private static void refuseTooLarge(JsonNode number, long bits) throws ContractException {
        boolean mayBe = bits > Double.MAX_EXPONENT && number.decimalValue().signum() != 0;
        if (mayBe && Double.isInfinite(number.doubleValue())) {
            throw new ContractException("", "must not be beyond what a double holds, " + Double.MAX_VALUE, number);
        }
    }

    private static String plain(BigDecimal number) {
        return Math.abs((long) number.scale()) <= MAX_PLAIN_SCALE ? number.toPlainString() : number.toString();
    }
}

package io.vitallyrelay.source.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BigIntegerNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.LongNode;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.regex.Pattern;
import net.thisptr.jackson.jq.Function;
import net.thisptr.jackson.jq.Scope;
import net.thisptr.jackson.jq.exception.JsonQueryException;

/**
 * {@code tonumber}: a number of JSON with each of its digits. The one of jackson-jq takes what Java takes, such as
 * {@code 1d} and {@code 0x1p3}, and rounds it.
 */
final class ExactNumber {
    private static final Pattern NUMBER = Pattern.compile("-?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][+-]?[0-9]{1,9})?");
    /** As in the numbers of a record. */
    private static final int LONGEST = 1000;

    /** So many characters of digits a double keeps. */
    private static final int EXACT_AS_DOUBLE = 15;

    private static final int SHOWN = 100;
    private static final int LONG_BITS = 63;
    private static final int INT_BITS = 31;

    private ExactNumber() {}

    static void addTo(Scope root) {
        Function function = (scope, args, in, path, output, version) -> output.emit(of(in), null);
        root.addFunction("tonumber", 0, function);
    }

    /** @throws JsonQueryException where that is no number, or one that would not be kept */
    static JsonNode of(JsonNode value) throws JsonQueryException {
        if (value.isNumber()) {
            return value;
        }
        if (!value.isTextual()
                || value.textValue().length() > LONGEST
                || !NUMBER.matcher(value.textValue()).matches()) {
            throw new JsonQueryException("must be a number, got " + shown(value));
        }
        return of(value, value.textValue());
    }

    private static JsonNode of(JsonNode value, String text) throws JsonQueryException {
        if (text.length() <= EXACT_AS_DOUBLE && text.indexOf('e') < 0 && text.indexOf('E') < 0) {
            double exact = Double.parseDouble(text);
            return exact == Math.rint(exact) ? whole(BigInteger.valueOf((long) exact)) : DoubleNode.valueOf(exact);
        }
        BigDecimal number = new BigDecimal(text);
        double near = number.doubleValue();
        if (Double.isInfinite(near) || (near == 0 && number.signum() != 0)) {
            throw new JsonQueryException("must be a number from 1e-323 to 1e308, got " + shown(value));
        }
        if (number.signum() == 0) {
            return IntNode.valueOf(0);
        }
        BigDecimal shortest = number.stripTrailingZeros();
        if (shortest.scale() <= 0) {
            return whole(shortest.toBigIntegerExact());
        }
        return new BigDecimal(Double.toString(near)).compareTo(number) == 0
                ? DoubleNode.valueOf(near)
                : DecimalNode.valueOf(number);
    }

    private static JsonNode whole(BigInteger number) {
        if (number.bitLength() <= INT_BITS) {
            return IntNode.valueOf(number.intValue());
        }
        return number.bitLength() <= LONG_BITS ? LongNode.valueOf(number.longValue()) : BigIntegerNode.valueOf(number);
    }

    private static String shown(JsonNode value) {
        String text = value.toString();
        return text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "…";
    }
}

package io.vitallyrelay.source.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import net.thisptr.jackson.jq.exception.JsonQueryException;
import net.thisptr.jackson.jq.internal.operators.BinaryOperator;

/** An operator each use of which is a step, and which makes no value larger than {@link MappingLimits} allows: + or *. */
final class BoundedOperator implements BinaryOperator {
    private final BinaryOperator operator;
    private final MappingLimits limits;
    private final boolean repeats;

    BoundedOperator(BinaryOperator operator, MappingLimits limits) {
        this.operator = operator;
        this.limits = limits;
        this.repeats = operator.image().equals("*");
    }

    /** Whether what it makes can be larger than both that it is made of. */
    static boolean canGrow(BinaryOperator operator) {
        return !(operator instanceof BoundedOperator)
                && (operator.image().equals("+") || operator.image().equals("*"));
    }

    @Override
    public JsonNode apply(ObjectMapper mapper, JsonNode left, JsonNode right) throws JsonQueryException {
        limits.step();
        if (length(left, right) > MappingLimits.TEXT) {
            throw new MappingLimitException("the mapping makes a text longer than " + MappingLimits.TEXT
                    + " characters of this record, by " + image());
        }
        if (left.isArray() && right.isArray() && (long) left.size() + right.size() > MappingLimits.ELEMENTS) {
            throw new MappingLimitException("the mapping makes an array of more than " + MappingLimits.ELEMENTS
                    + " elements of this record, by " + image());
        }
        return operator.apply(mapper, left, right);
    }

    private double length(JsonNode left, JsonNode right) {
        if (left.isTextual() && right.isTextual()) {
            return repeats ? 0 : (double) length(left) + length(right);
        }
        if (!repeats) {
            return 0;
        }
        return left.isTextual()
                ? length(left) * right.asDouble()
                : right.isTextual() ? length(right) * left.asDouble() : 0;
    }

    private static int length(JsonNode text) {
        return text.textValue().length();
    }

    @Override
    public String image() {
        return operator.image();
    }
}

package io.vitallyrelay.message;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.BitSet;

/** Makes ids strings. Strings stay as they are, whole numbers become plain decimals, all else is refused. */
final class Ids {
    static final int MAX_CHARS = 1024;
    /** Above, neighbouring whole numbers are the same double: two customers would become one. */
    private static final double MAX_EXACT_DOUBLE = 1L << 53;

    private static final int UUID_CHARS = 36;

    /** Of no width: joiners, marks of direction, variation selectors, fillers and their like. */
    private static final BitSet UNSEEN = ranges(
            0xAD, 0xAD, 0x34F, 0x34F, 0x61C, 0x61C, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x180B, 0x180F, 0x200B, 0x200F,
            0x2028, 0x202E, 0x2060, 0x206F, 0x2800, 0x2800, 0x3164, 0x3164, 0xFE00, 0xFE0F, 0xFEFF, 0xFEFF, 0xFFA0,
            0xFFA0, 0xFFF9, 0xFFFB);

    private Ids() {}

    static String text(JsonNode node) throws ContractException {
        String id =
                switch (node.getNodeType()) {
                    case STRING -> node.textValue();
                    case NUMBER -> wholeNumber(node);
                    default -> throw new ContractException("", "must be a string or a whole number", node);
                };
        if (isBlank(id)) {
            throw new ContractException("", "must not be blank", node);
        }
        if (id.length() > MAX_CHARS && id.codePointCount(0, id.length()) > MAX_CHARS) {
            throw new ContractException("", "must have at most " + MAX_CHARS + " characters", node);
        }
        return id;
    }

    /** A text that is no id: numbers are not made strings. */
    static String nonBlank(JsonNode node) throws ContractException {
        if (!node.isTextual() || isBlank(node.textValue())) {
            throw new ContractException("", "must be a string that is not blank", node);
        }
        return node.textValue();
    }

    static String uuid(JsonNode node) throws ContractException {
        String id = text(node);
        if (!isUuid(id)) {
            throw new ContractException("", "must be a UUID", node);
        }
        return id;
    }

    /** Nothing but what nobody sees: white space, control and format characters; the schemas name the same ones. */
    static boolean isBlank(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (!isUnseen(text.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    // by number, as what Unicode calls a format character grows from one Java to the next
    private static boolean isUnseen(char c) {
        return c < 0x7F ? c <= ' ' : Character.isSpaceChar(c) || c <= 0x9F || UNSEEN.get(c);
    }

    private static BitSet ranges(int... firstAndLast) {
        BitSet set = new BitSet();
        for (int i = 0; i < firstAndLast.length; i += 2) {
            set.set(firstAndLast[i], firstAndLast[i + 1] + 1);
        }
        return set;
    }

    private static String wholeNumber(JsonNode node) throws ContractException {
        if (node.isBigInteger()) {
            return node.bigIntegerValue().toString();
        }
        if (node.isIntegralNumber()) {
            return Long.toString(node.longValue());
        }
        if (node.isBigDecimal()) {
            return wholeDecimal(node);
        }
        double value = node.doubleValue();
        if (value != Math.rint(value) || Double.isInfinite(value)) {
            throw new ContractException("", "must be a string or a whole number", node);
        }
        if (Math.abs(value) > MAX_EXACT_DOUBLE) {
            throw new ContractException("", "must be a string, for a number this large is not exact", node);
        }
        return Long.toString((long) value);
    }

    private static String wholeDecimal(JsonNode node) throws ContractException {
        BigDecimal value = node.decimalValue();
        // before any conversion, which would write out 1E+999999999
        if ((long) value.precision() - value.scale() > MAX_CHARS) {
            throw new ContractException("", "must have at most " + MAX_CHARS + " characters", node);
        }
        if (value.signum() != 0 && value.stripTrailingZeros().scale() > 0) {
            throw new ContractException("", "must be a string or a whole number", node);
        }
        return value.toBigInteger().toString();
    }

    static boolean isUuid(String text) {
        if (text.length() != UUID_CHARS) {
            return false;
        }
        for (int i = 0; i < UUID_CHARS; i++) {
            char c = text.charAt(i);
            boolean dash = i == 8 || i == 13 || i == 18 || i == 23;
            boolean hex = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
            if (dash ? c != '-' : !hex) {
                return false;
            }
        }
        return true;
    }
}

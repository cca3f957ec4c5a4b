package io.vitallyrelay.message;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * Says why a candidate is no message: which field breaks which rule with which value, e.g.
 * {@code timestamp: must be an ISO-8601 date or an epoch, got "next tuesday"}. Has no stack trace, since it describes
 * data and a bad file throws many.
 */
public sealed class ContractException extends Exception permits TooLargeException {
    private static final String ABSENT = "absent";

    private final String field;
    private final String rule;
    private final String value;

    ContractException(String field, String rule, JsonNode value) {
        this(ShownText.of(field), rule, shown(value));
    }

    ContractException(String field, String rule, String shownValue) {
        super(
                field + ": " + rule + (shownValue.equals(ABSENT) ? ", is absent" : ", got " + shownValue),
                null,
                false,
                false);
        this.field = field;
        this.rule = rule;
        this.value = shownValue;
    }

    static ContractException absent(String field, String rule) {
        return new ContractException(field, rule, ABSENT);
    }

    /** The same refusal, seen from the object or array that holds the field. */
    ContractException within(String outer) {
        String joint = field.isEmpty() || field.startsWith("[") ? "" : ".";
        return new ContractException(ShownText.of(outer + joint + field), rule, value);
    }

    /** The path of the field, e.g. {@code traits.tags[2]}, or {@code message} for the whole. */
    public String field() {
        return field;
    }

    /** What would be right, e.g. {@code required for account}. */
    public String rule() {
        return rule;
    }

    /** What was there, at most 100 characters: strings in quotes, other values as in JSON, {@code absent} for nothing. */
    public String value() {
        return value;
    }

    private static String shown(JsonNode value) {
        if (value == null) {
            return ABSENT;
        }
        return switch (value.getNodeType()) {
            case MISSING -> ABSENT;
            case NULL -> "null";
            case STRING -> ShownText.of('"' + value.textValue() + '"');
            case NUMBER, BOOLEAN -> ShownText.of(value.asText());
            case OBJECT -> "an object";
            case ARRAY -> "an array";
            case BINARY, POJO -> "a Java object";
        };
    }
}

package io.vitallyrelay.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.DateTimeException;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What Vitally's analytics API requires of a message of each type, taken strictly: ids are strings that are not blank,
 * timestamps are UTC with milliseconds ({@code 2018-05-15T12:31:12.123Z}).
 */
final class MessageRules {
    private static final List<String> STRINGS =
            List.of("event", "userId", "accountId", "organizationId", "externalId", "customObjectId", "messageId");
    private static final List<String> OBJECTS = List.of("traits", "properties");
    private static final int TIMESTAMP_LENGTH = 24;
    private static final DateTimeFormatter TIMESTAMP = DateTimeFormatter.ofPattern(
                    "uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
            .withResolverStyle(ResolverStyle.STRICT);
    private static final Pattern UUID = Pattern.compile("\\p{XDigit}{8}(-\\p{XDigit}{4}){3}-\\p{XDigit}{12}");

    /** White space, control characters, and characters of no width. */
    private static final Pattern BLANK =
            Pattern.compile("[\\u0000-\\u0020\\u007F-\\u00A0\\u00AD\\u034F\\u061C\\u115F\\u1160"
                    + "\\u1680\\u17B4\\u17B5\\u180B-\\u180F\\u2000-\\u200F\\u2028-\\u202F\\u205F-\\u206F\\u2800\\u3000\\u3164"
                    + "\\uFE00-\\uFE0F\\uFEFF\\uFFA0\\uFFF9-\\uFFFB]*");

    private MessageRules() {}

    static void check(JsonNode message) throws Refusal {
        checkFields(message);
        checkTimestamp(message);
        switch (message.path("type").asText()) {
            case "organization" -> require(message, "organizationId");
            case "account" -> require(message, "accountId");
            case "user" -> {
                require(message, "userId", "traits");
                requireOne(message, "accountId", "organizationId");
            }
            case "track" -> {
                require(message, "event", "properties");
                requireOne(message, "userId", "accountId", "organizationId");
            }
            case "customobjectinstance" -> {
                require(message, "externalId", "customObjectId", "traits");
                requireOne(message, "accountId", "organizationId");
                if (!UUID.matcher(message.path("customObjectId").textValue()).matches()) {
                    throw new Refusal(400, "customObjectId must be a UUID");
                }
            }
            case "unlink" -> require(message, "userId", "accountId");
            default -> throw new Refusal(400, "type is missing or not known");
        }
    }

    private static void checkFields(JsonNode message) throws Refusal {
        for (String field : STRINGS) {
            JsonNode value = message.get(field);
            if (value != null && !value.isTextual()) {
                throw new Refusal(400, field + " must be a string");
            }
            if (value != null && BLANK.matcher(value.textValue()).matches()) {
                throw new Refusal(400, field + " must not be blank");
            }
        }
        for (String field : OBJECTS) {
            JsonNode value = message.get(field);
            if (value != null && !value.isObject()) {
                throw new Refusal(400, field + " must be an object");
            }
        }
    }

    private static void checkTimestamp(JsonNode message) throws Refusal {
        JsonNode timestamp = message.get("timestamp");
        if (timestamp == null) {
            requireOne(message, "timestamp", "messageId");
        } else if (!isCanonical(timestamp)) {
            throw new Refusal(400, "timestamp must be UTC with milliseconds, like 2018-05-15T12:31:12.123Z");
        }
    }

    private static boolean isCanonical(JsonNode timestamp) {
        if (!timestamp.isTextual() || timestamp.textValue().length() != TIMESTAMP_LENGTH) {
            return false;
        }
        try {
            TIMESTAMP.parse(timestamp.textValue());
            return true;
        } catch (DateTimeException e) {
            return false;
        }
    }

    private static void require(JsonNode message, String... fields) throws Refusal {
        for (String field : fields) {
            if (!message.has(field)) {
                throw new Refusal(400, field + " is missing");
            }
        }
    }

    private static void requireOne(JsonNode message, String... fields) throws Refusal {
        if (Stream.of(fields).noneMatch(message::has)) {
            throw new Refusal(400, "one of " + String.join(", ", fields) + " is needed");
        }
    }
}

package io.vitallyrelay.message;

import static java.util.stream.Collectors.joining;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * The gate that every message passes once, before it is stored: checks a candidate against the rules of its type and
 * stamps it with string ids, a UTC timestamp and a messageId. The rules are compiled by hand, since a schema validator
 * takes many times longer; the schemas under {@code schemas/} say the same, and a test proves it. See
 * docs/reference/messages.md. Thread-safe.
 */
public final class Contract {
    private static final ThreadLocal<JsonBytes> BUFFER = ThreadLocal.withInitial(JsonBytes::new);
    private static final ThreadLocal<PlainMessage> PLAIN = ThreadLocal.withInitial(PlainMessage::new);

    private final int maxMessageBytes;
    private final InstantSource clock;

    /**
     * @param maxMessageBytes the largest message allowed, in bytes of its final JSON in UTF-8
     * @param clock gives the timestamp of messages that bring none
     */
    public Contract(int maxMessageBytes, InstantSource clock) {
        if (maxMessageBytes < 1) {
            throw new IllegalArgumentException("maxMessageBytes must be positive, is " + maxMessageBytes);
        }
        this.maxMessageBytes = maxMessageBytes;
        this.clock = clock;
    }

    /**
     * Checks and stamps a candidate, which stays as it is.
     *
     * @throws RefusedException with the first rule that the candidate breaks
     */
    public Message admit(JsonNode candidate, Stamp stamp) throws RefusedException {
        if (!candidate.isObject()) {
            throw new RefusedException("message", "must be a JSON object", candidate);
        }
        MessageType type = type(candidate, stamp);
        Map<Field, JsonNode> given = fields(candidate, type);
        JsonBytes out = BUFFER.get();
        out.clear();

        // the content goes first, for its hash stands in the head; the copy at the end puts both in order
        Map<Field, String> ids = content(given, type, stamp.nulls(), out);
        int contentEnd = out.size();
        String ownTimestamp = timestamp(given);
        String messageId = messageId(given, stamp, type, ownTimestamp, out);
        head(type, messageId, ownTimestamp, out);
        return new Message(type, messageId, entity(type, ids::get), out.copyFrontedBy(contentEnd));
    }

    /**
     * The short way for the text of a candidate: the same message as that of its tree, in a fraction of the time.
     *
     * @param json valid UTF-8
     * @return null when the tree is needed: to tell what is wrong, for what is unusual, and to warn of an account without a name
     */
    public Message admitPlain(byte[] json, Stamp stamp) {
        PlainMessage plain = PLAIN.get();
        if (!plain.read(json, stamp.nulls())) {
            return null;
        }
        String typeName = plain.has(Field.TYPE) ? plain.text(Field.TYPE) : stamp.defaultType();
        MessageType type =
                typeName == null ? null : MessageType.ofWireName(typeName).orElse(null);
        if (type == null || (type == MessageType.ACCOUNT && !plain.isNamed())) {
            return null;
        }
        JsonBytes out = BUFFER.get();
        out.clear();
        try {
            if (!content(plain, type, out)) {
                return null;
            }
            int contentEnd = out.size();
            String ownTimestamp = plain.timestamp();
            String given = plain.text(Field.MESSAGE_ID);
            String messageId = given == null ? nameBased(stamp, type, ownTimestamp, out) : given;
            head(type, messageId, ownTimestamp, out);
            return new Message(type, messageId, entity(type, plain::text), out.copyFrontedBy(contentEnd));
        } catch (RefusedException e) {
            return null;
        }
    }

    /** Writes all fields behind the timestamp; false where there is one too many or too few, or a wrong one. */
    private static boolean content(PlainMessage plain, MessageType type, JsonBytes out) {
        boolean oneOf = type.shape.oneOf().isEmpty();
        for (Field field : Field.CONTENT) {
            if (plain.has(field)) {
                if (!type.shape.has(field) || !plain.isRight(field)) {
                    return false;
                }
                oneOf |= type.shape.oneOf().contains(field);
                out.ascii(field.key);
                plain.write(field, out);
            } else if (type.shape.filled().contains(field)) {
                out.ascii(field.key);
                out.ascii("{}");
            } else if (type.shape.required().contains(field)) {
                return false;
            }
        }
        out.ascii('}');
        return oneOf;
    }

    private static MessageType type(JsonNode candidate, Stamp stamp) throws RefusedException {
        JsonNode given = candidate.get(Field.TYPE.wireName);
        boolean absent = given == null || given.isNull();
        String name = absent ? stamp.defaultType() : given.textValue();
        MessageType type = name == null ? null : MessageType.ofWireName(name).orElse(null);
        if (type == null) {
            JsonNode shown = absent && name != null ? TextNode.valueOf(name) : given;
            throw new RefusedException(Field.TYPE.wireName, "must be one of " + MessageType.WIRE_NAMES, shown);
        }
        return type;
    }

    /** The fields that are there and not null. */
    private static Map<Field, JsonNode> fields(JsonNode candidate, MessageType type) throws RefusedException {
        Map<Field, JsonNode> given = new EnumMap<>(Field.class);
        for (Map.Entry<String, JsonNode> entry : candidate.properties()) {
            Field field = Field.named(entry.getKey());
            JsonNode value = entry.getValue();
            if (field != null && value.isNull()) {
                continue;
            }
            if (field == null || !type.shape.has(field)) {
                throw new RefusedException(entry.getKey(), "is no field of " + type.wireName(), value);
            }
            given.put(field, value);
        }
        return given;
    }

    /** Writes all fields behind the timestamp, and returns the texts among them. */
    private static Map<Field, String> content(
            Map<Field, JsonNode> given, MessageType type, NullPolicy nulls, JsonBytes out) throws RefusedException {
        Map<Field, String> ids = new EnumMap<>(Field.class);
        for (Field field : Field.CONTENT) {
            JsonNode value = given.get(field);
            if (value != null) {
                out.ascii(field.key);
                try {
                    ids.put(field, value(field, value, nulls, out));
                } catch (RefusedException e) {
                    throw e.within(field.wireName);
                }
            } else if (type.shape.filled().contains(field)) {
                out.ascii(field.key);
                out.ascii("{}");
            } else if (type.shape.required().contains(field)) {
                throw RefusedException.absent(field.wireName, "required for " + type.wireName());
            }
        }
        refuseNoneOf(type.shape.oneOf(), given, type);
        out.ascii('}');
        return ids;
    }

    /** Writes one field; returns it where it is text. */
    private static String value(Field field, JsonNode value, NullPolicy nulls, JsonBytes out) throws RefusedException {
        if (field.kind == Field.Kind.OBJECT) {
            if (!value.isObject()) {
                throw new RefusedException("", "must be an object", value);
            }
            FreeContent.write(value, nulls, out);
            return null;
        }
        String text =
                switch (field.kind) {
                    case UUID -> Ids.uuid(value);
                    case TEXT -> Ids.nonBlank(value);
                    default -> Ids.text(value);
                };
        out.string(text);
        return text;
    }

    private static void refuseNoneOf(Set<Field> oneOf, Map<Field, JsonNode> given, MessageType type)
            throws RefusedException {
        if (oneOf.isEmpty()) {
            return;
        }
        for (Field field : oneOf) {
            if (given.get(field) != null) {
                return;
            }
        }
        String names = oneOf.stream().map(field -> field.wireName).collect(joining(" or "));
        throw RefusedException.absent(names, "required for " + type.wireName());
    }

    /** The timestamp that the candidate brings, or null. */
    private static String timestamp(Map<Field, JsonNode> given) throws RefusedException {
        JsonNode value = given.get(Field.TIMESTAMP);
        try {
            return value == null ? null : Timestamps.canonical(value);
        } catch (RefusedException e) {
            throw e.within(Field.TIMESTAMP.wireName);
        }
    }

    private static String messageId(
            Map<Field, JsonNode> given, Stamp stamp, MessageType type, String ownTimestamp, JsonBytes content)
            throws RefusedException {
        JsonNode value = given.get(Field.MESSAGE_ID);
        if (value == null) {
            return nameBased(stamp, type, ownTimestamp, content);
        }
        try {
            return Ids.text(value);
        } catch (RefusedException e) {
            throw e.within(Field.MESSAGE_ID.wireName);
        }
    }

    private static String nameBased(Stamp stamp, MessageType type, String ownTimestamp, JsonBytes content) {
        String timestamp = ownTimestamp == null ? "" : ownTimestamp;
        return MessageIds.nameBased(stamp, type, timestamp, content.array(), content.size());
    }

    /** Writes the fields that every type has, behind the others, and ends with the check of the size of all. */
    private void head(MessageType type, String messageId, String ownTimestamp, JsonBytes out) throws RefusedException {
        out.ascii("{\"type\":\"");
        out.ascii(type.wireName());
        out.ascii("\",\"messageId\":");
        try {
            out.string(messageId);
        } catch (RefusedException e) {
            throw e.within(Field.MESSAGE_ID.wireName);
        }
        out.ascii(",\"timestamp\":\"");
        out.ascii(ownTimestamp == null ? Timestamps.format(clock.millis()) : ownTimestamp);
        out.ascii('"');
        if (out.size() > maxMessageBytes) {
            throw new RefusedException(
                    "message", "must have at most " + maxMessageBytes + " bytes", out.size() + " bytes");
        }
    }

    private static String entity(MessageType type, Function<Field, String> ids) {
        if (type == MessageType.CUSTOM_OBJECT_INSTANCE) {
            return "object:" + ids.apply(Field.CUSTOM_OBJECT_ID) + ':' + ids.apply(Field.EXTERNAL_ID);
        }
        // every other type has at least one of the three, and the narrowest says whom it is about
        String userId = ids.apply(Field.USER_ID);
        if (userId != null) {
            return "user:" + userId;
        }
        String accountId = ids.apply(Field.ACCOUNT_ID);
        return accountId != null ? "account:" + accountId : "organization:" + ids.apply(Field.ORGANIZATION_ID);
    }
}

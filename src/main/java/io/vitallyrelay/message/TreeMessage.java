package io.vitallyrelay.message;

import static java.util.stream.Collectors.joining;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The long way of the contract: goes through the tree of a candidate, tells what is wrong with it, and remembers what is only
 * unusual. For one candidate.
 */
final class TreeMessage {
    private final ContractRules rules;
    private final NullPolicy nulls;
    private final Map<Field, JsonNode> given = new EnumMap<>(Field.class);
    private final Map<Field, String> texts = new EnumMap<>(Field.class);
    private final List<Map.Entry<String, JsonNode>> unknown = new ArrayList<>(0);
    private final String typeName;
    private final MessageType type;
    private int nullsLeftOut;

    /** @throws ContractException where it is no object, of no type, or has a field that its type has not */
    TreeMessage(JsonNode candidate, Stamp stamp, NullPolicy nulls, ContractRules rules) throws ContractException {
        this.rules = rules;
        this.nulls = nulls;
        if (!candidate.isObject()) {
            throw new ContractException("message", "must be a JSON object", candidate);
        }
        typeName = typeName(candidate, stamp);
        type = MessageType.ofWireName(typeName).orElse(MessageType.OTHER);
        takeFields(candidate);
    }

    MessageType type() {
        return type;
    }

    /** As it is posted. */
    String typeName() {
        return typeName;
    }

    /** A text among what was written, or null. */
    String text(Field field) {
        return texts.get(field);
    }

    int nullsLeftOut() {
        return nullsLeftOut;
    }

    /** The fields that are sent although the type does not have them. */
    List<Map.Entry<String, JsonNode>> unknown() {
        return unknown;
    }

    boolean isNamelessAccount() {
        if (type != MessageType.ACCOUNT) {
            return false;
        }
        JsonNode traits = given.get(Field.TRAITS);
        JsonNode name = traits == null ? null : traits.get("name");
        return name == null || name.isNull() || isBlank(name);
    }

    private String typeName(JsonNode candidate, Stamp stamp) throws ContractException {
        JsonNode value = candidate.get(Field.TYPE.wireName);
        boolean absent = value == null || value.isNull() || (isBlank(value) && stamp.defaultType() != null);
        String name = absent ? stamp.defaultType() : value.textValue();
        boolean known = name != null && MessageType.ofWireName(name).isPresent();
        boolean passes =
                rules.passUnknownTypes() && name != null && name.length() <= Ids.MAX_CHARS && !Ids.isBlank(name);
        if (!known && !passes) {
            JsonNode shown = absent && name != null ? TextNode.valueOf(name) : value;
            throw new ContractException(Field.TYPE.wireName, "must be one of " + MessageType.WIRE_NAMES, shown);
        }
        return name;
    }

    /** Those that are there: a null, or a blank text where nothing has to stand, is as good as none. */
    private void takeFields(JsonNode candidate) throws ContractException {
        for (Map.Entry<String, JsonNode> entry : candidate.properties()) {
            Field field = Field.named(entry.getKey());
            JsonNode value = entry.getValue();
            if (field != null
                    && (value.isNull()
                            || (isBlank(value) && !type.shape.required().contains(field)))) {
                continue;
            }
            if (field != null && type.shape.has(field)) {
                given.put(field, value);
            } else if (type == MessageType.OTHER || rules.passUnknownFields()) {
                unknown.add(entry);
            } else {
                throw new ContractException(entry.getKey(), "is no field of " + typeName, value);
            }
        }
    }

    /** Writes all fields behind the timestamp. */
    void writeContent(JsonBytes out) throws ContractException {
        for (Field field : Field.CONTENT) {
            JsonNode value = given.get(field);
            if (value != null) {
                out.ascii(field.key);
                try {
                    write(field, value, out);
                } catch (ContractException e) {
                    throw e.within(field.wireName);
                }
            } else if (type.shape.filled().contains(field)) {
                out.ascii(field.key);
                out.ascii("{}");
            } else if (type.shape.required().contains(field)) {
                throw ContractException.absent(field.wireName, "required for " + typeName);
            }
        }
        refuseNoneOf(type.shape.oneOf());
        for (Map.Entry<String, JsonNode> entry : unknown) {
            writeAsItIs(entry, out);
        }
        out.ascii('}');
    }

    private void write(Field field, JsonNode value, JsonBytes out) throws ContractException {
        if (field.kind == Field.Kind.OBJECT) {
            if (!value.isObject() && type != MessageType.OTHER) {
                throw new ContractException("", "must be an object", value);
            }
            nullsLeftOut += FreeContent.write(value, nulls, out);
            return;
        }
        String text =
                switch (field.kind) {
                    case UUID -> type == MessageType.OTHER ? Ids.text(value) : Ids.uuid(value);
                    case TEXT -> Ids.nonBlank(value);
                    default -> Ids.text(value);
                };
        out.string(text);
        texts.put(field, text);
    }

    private static void writeAsItIs(Map.Entry<String, JsonNode> entry, JsonBytes out) throws ContractException {
        try {
            out.ascii(',');
            out.string(entry.getKey());
            out.ascii(':');
            FreeContent.write(entry.getValue(), NullPolicy.SEND, out);
        } catch (ContractException e) {
            throw e.within(entry.getKey());
        }
    }

    private void refuseNoneOf(Set<Field> oneOf) throws ContractException {
        if (oneOf.isEmpty() || oneOf.stream().anyMatch(given::containsKey)) {
            return;
        }
        String names = oneOf.stream().map(field -> field.wireName).collect(joining(" or "));
        throw ContractException.absent(names, "required for " + typeName);
    }

    /** The timestamp that the candidate brings, or null. */
    String timestamp() throws ContractException {
        JsonNode value = given.get(Field.TIMESTAMP);
        try {
            return value == null ? null : Timestamps.canonical(value);
        } catch (ContractException e) {
            throw e.within(Field.TIMESTAMP.wireName);
        }
    }

    /** The messageId that the candidate brings, or null. */
    String messageId() throws ContractException {
        JsonNode value = given.get(Field.MESSAGE_ID);
        if (value == null) {
            return null;
        }
        try {
            String id = Ids.text(value);
            texts.put(Field.MESSAGE_ID, id);
            return id;
        } catch (ContractException e) {
            throw e.within(Field.MESSAGE_ID.wireName);
        }
    }

    private static boolean isBlank(JsonNode value) {
        return value.isTextual() && Ids.isBlank(value.textValue());
    }
}

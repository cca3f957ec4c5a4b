package io.vitallyrelay.message;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.InstantSource;
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

    private final ContractRules rules;
    private final InstantSource clock;
    private final UnlikelyTimes unlikelyTimes;
    private final Notices notices;

    /**
     * Strict, with nobody to tell of what is only unusual.
     *
     * @param maxMessageBytes the largest message allowed, in bytes of its final JSON in UTF-8
     * @param clock gives the timestamp of messages that bring none
     */
    public Contract(int maxMessageBytes, InstantSource clock) {
        this(ContractRules.strict(maxMessageBytes), clock, (notice, count, detail, origin) -> {});
    }

    /**
     * @param clock gives the timestamp of messages that bring none
     * @param notices is told of what is admitted although it is likely a mistake
     */
    public Contract(ContractRules rules, InstantSource clock, Notices notices) {
        this.rules = rules;
        this.clock = clock;
        this.unlikelyTimes = new UnlikelyTimes(clock);
        this.notices = notices;
    }

    /** Whether a route can name that type as the default of its messages. */
    public boolean knows(String typeName) {
        return rules.passUnknownTypes() || MessageType.ofWireName(typeName).isPresent();
    }

    /**
     * Checks and stamps a candidate, which stays as it is.
     *
     * @throws ContractException with the first rule that the candidate breaks
     */
    public Message admit(JsonNode candidate, Stamp stamp) throws ContractException {
        TreeMessage tree = new TreeMessage(candidate, stamp, nulls(stamp), rules);
        JsonBytes out = BUFFER.get();
        out.clear();

        // the content goes first, for its hash stands in the head; the copy at the end puts both in order
        tree.writeContent(out);
        int contentEnd = out.size();
        String ownTimestamp = tree.timestamp();
        String given = tree.messageId();
        String messageId = given == null ? nameBased(stamp, tree.typeName(), ownTimestamp, out) : given;
        head(tree.type(), tree.typeName(), messageId, ownTimestamp, out);
        Message message =
                new Message(tree.type(), messageId, entity(tree.typeName(), tree::text), out.copyFrontedBy(contentEnd));
        tell(tree, ownTimestamp, stamp);
        return message;
    }

    /**
     * The short way for the text of a candidate: the same message as that of its tree, in a fraction of the time.
     *
     * @param json valid UTF-8
     * @return null when the tree is needed: to tell what is wrong, and for what is unusual
     */
    public Message admitPlain(byte[] json, Stamp stamp) {
        PlainMessage plain = PLAIN.get();
        if (!plain.read(json, nulls(stamp))) {
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
            if (ownTimestamp != null && unlikelyTimes.contain(ownTimestamp)) {
                return null;
            }
            String given = plain.text(Field.MESSAGE_ID);
            String messageId = given == null ? nameBased(stamp, typeName, ownTimestamp, out) : given;
            head(type, typeName, messageId, ownTimestamp, out);
            Message message =
                    new Message(type, messageId, entity(typeName, plain::text), out.copyFrontedBy(contentEnd));
            tellOfNulls(plain.nullsLeftOut(), stamp);
            return message;
        } catch (ContractException e) {
            return null;
        }
    }

    private NullPolicy nulls(Stamp stamp) {
        return stamp.nulls() == null ? rules.nulls() : stamp.nulls();
    }

    private void tell(TreeMessage tree, String ownTimestamp, Stamp stamp) {
        Origin origin = stamp.origin();
        if (tree.type() == MessageType.OTHER) {
            notices.told(Notice.UNKNOWN_TYPE, 1, ShownText.of(tree.typeName()), origin);
        } else if (!tree.unknown().isEmpty()) {
            String first = ShownText.of(tree.unknown().get(0).getKey());
            notices.told(
                    Notice.UNKNOWN_FIELD,
                    tree.unknown().size(),
                    first + " of " + tree.type().wireName(),
                    origin);
        }
        if (tree.isNamelessAccount()) {
            notices.told(Notice.NAMELESS_ACCOUNT, 1, "", origin);
        }
        for (Field field : Field.IDS) {
            String id = tree.text(field);
            if (id != null && UnlikelyIds.contains(id)) {
                notices.told(Notice.UNLIKELY_ID, 1, field.wireName + " \"" + ShownText.of(id) + '"', origin);
            }
        }
        if (ownTimestamp != null && unlikelyTimes.contain(ownTimestamp)) {
            notices.told(Notice.UNLIKELY_TIMESTAMP, 1, ownTimestamp, origin);
        }
        tellOfNulls(tree.nullsLeftOut(), stamp);
    }

    /** Who names the policy in a route knows of it. */
    private void tellOfNulls(int leftOut, Stamp stamp) {
        if (leftOut > 0 && stamp.nulls() == null) {
            notices.told(Notice.NULL_LEFT_OUT, leftOut, "", stamp.origin());
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

    private static String nameBased(Stamp stamp, String typeName, String ownTimestamp, JsonBytes content) {
        String timestamp = ownTimestamp == null ? "" : ownTimestamp;
        return MessageIds.nameBased(stamp, typeName, timestamp, content.array(), content.size());
    }

    /** Writes the fields that every type has, behind the others, and ends with the check of the size of all. */
    private void head(MessageType type, String typeName, String messageId, String ownTimestamp, JsonBytes out)
            throws ContractException {
        out.ascii("{\"type\":");
        if (type == MessageType.OTHER) {
            try {
                out.string(typeName);
            } catch (ContractException e) {
                throw e.within(Field.TYPE.wireName);
            }
        } else {
            out.ascii('"');
            out.ascii(typeName);
            out.ascii('"');
        }
        out.ascii(",\"messageId\":");
        try {
            out.string(messageId);
        } catch (ContractException e) {
            throw e.within(Field.MESSAGE_ID.wireName);
        }
        out.ascii(",\"timestamp\":\"");
        out.ascii(ownTimestamp == null ? Timestamps.format(clock.millis()) : ownTimestamp);
        out.ascii('"');
        if (out.size() > rules.maxMessageBytes()) {
            throw new TooLargeException(rules.maxMessageBytes(), out.size());
        }
    }

    /** Whom a message is about. */
    static String entity(String typeName, Function<Field, String> ids) {
        String externalId = ids.apply(Field.EXTERNAL_ID);
        String customObjectId = ids.apply(Field.CUSTOM_OBJECT_ID);
        if (externalId != null && customObjectId != null) {
            return "object:" + customObjectId + ':' + externalId;
        }
        // every known type but that has at least one of the three, and the narrowest says whom it is about
        String userId = ids.apply(Field.USER_ID);
        if (userId != null) {
            return "user:" + userId;
        }
        String accountId = ids.apply(Field.ACCOUNT_ID);
        if (accountId != null) {
            return "account:" + accountId;
        }
        String organizationId = ids.apply(Field.ORGANIZATION_ID);
        if (organizationId != null) {
            return "organization:" + organizationId;
        }
        return externalId == null ? "type:" + typeName : "object::" + externalId;
    }
}

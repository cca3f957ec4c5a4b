package io.vitallyrelay.message;

import static java.util.stream.Collectors.toUnmodifiableMap;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/** A top-level field of a message. The order here is the order in which fields are written. */
enum Field {
    TYPE("type", Kind.STAMP),
    MESSAGE_ID("messageId", Kind.STAMP),
    TIMESTAMP("timestamp", Kind.STAMP),
    USER_ID("userId", Kind.ID),
    ACCOUNT_ID("accountId", Kind.ID),
    ORGANIZATION_ID("organizationId", Kind.ID),
    EXTERNAL_ID("externalId", Kind.ID),
    CUSTOM_OBJECT_ID("customObjectId", Kind.UUID),
    EVENT("event", Kind.TEXT),
    NAME("name", Kind.TEXT),
    TRAITS("traits", Kind.OBJECT),
    PROPERTIES("properties", Kind.OBJECT);

    enum Kind {
        /** Belongs to every type, and is filled in where it is absent. */
        STAMP,
        /** A string; whole numbers become one. */
        ID,
        /** An id in the form of a UUID. */
        UUID,
        /** A string that is not blank. */
        TEXT,
        /** An object of free content. */
        OBJECT
    }

    /** What differs from type to type. */
    static final Set<Field> CONTENT = EnumSet.range(USER_ID, PROPERTIES);

    /** What somebody or something is known by. */
    static final Set<Field> IDS =
            EnumSet.of(MESSAGE_ID, USER_ID, ACCOUNT_ID, ORGANIZATION_ID, EXTERNAL_ID, CUSTOM_OBJECT_ID);

    private static final Map<String, Field> BY_NAME =
            Arrays.stream(values()).collect(toUnmodifiableMap(field -> field.wireName, field -> field));

    final String wireName;
    final Kind kind;
    /** The name as it stands behind another field: {@code ,"userId":}. */
    final String key;

    Field(String wireName, Kind kind) {
        this.wireName = wireName;
        this.kind = kind;
        this.key = ",\"" + wireName + "\":";
    }

    /** The field of that name, or null. */
    static Field named(String name) {
        return BY_NAME.get(name);
    }
}

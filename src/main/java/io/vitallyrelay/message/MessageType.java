package io.vitallyrelay.message;

import static io.vitallyrelay.message.Field.ACCOUNT_ID;
import static io.vitallyrelay.message.Field.CUSTOM_OBJECT_ID;
import static io.vitallyrelay.message.Field.EVENT;
import static io.vitallyrelay.message.Field.EXTERNAL_ID;
import static io.vitallyrelay.message.Field.NAME;
import static io.vitallyrelay.message.Field.ORGANIZATION_ID;
import static io.vitallyrelay.message.Field.PROPERTIES;
import static io.vitallyrelay.message.Field.TRAITS;
import static io.vitallyrelay.message.Field.USER_ID;
import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toUnmodifiableMap;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The six messages of Vitally's analytics batch API and the fields of each. The same rules stand, for readers and other
 * tools, in {@code schemas/<wire name>.schema.json}; a test holds the two together.
 */
public enum MessageType {
    ORGANIZATION("organization", Shape.requires(ORGANIZATION_ID).allows(TRAITS)),
    ACCOUNT("account", Shape.requires(ACCOUNT_ID).fills(TRAITS).allows(ORGANIZATION_ID)),
    USER("user", Shape.requires(USER_ID).oneOf(ACCOUNT_ID, ORGANIZATION_ID).fills(TRAITS)),
    TRACK(
            "track",
            Shape.requires(EVENT).oneOf(USER_ID, ACCOUNT_ID, ORGANIZATION_ID).fills(PROPERTIES)),
    CUSTOM_OBJECT_INSTANCE(
            "customobjectinstance",
            Shape.requires(EXTERNAL_ID, CUSTOM_OBJECT_ID)
                    .oneOf(ACCOUNT_ID, ORGANIZATION_ID)
                    .fills(TRAITS)
                    .allows(NAME)),
    UNLINK("unlink", Shape.requires(USER_ID, ACCOUNT_ID)),
    /** Any other, which an operator lets pass: what stands in its field {@code type} is in its JSON only. */
    OTHER(
            "other",
            Shape.requires()
                    .allows(USER_ID, ACCOUNT_ID, ORGANIZATION_ID, EXTERNAL_ID, CUSTOM_OBJECT_ID, TRAITS, PROPERTIES));

    /** All but {@link #OTHER}. */
    public static final List<MessageType> KNOWN =
            Arrays.stream(values()).filter(type -> type != OTHER).toList();

    /** The wire names of the known ones, for people: {@code organization, account, …}. */
    public static final String WIRE_NAMES =
            KNOWN.stream().map(MessageType::wireName).collect(joining(", "));

    private static final Map<String, MessageType> BY_WIRE_NAME =
            KNOWN.stream().collect(toUnmodifiableMap(MessageType::wireName, type -> type));

    private final String wireName;

    @SuppressWarnings("ImmutableEnumChecker") // its sets are never handed out
    final Shape shape;

    MessageType(String wireName, Shape shape) {
        this.wireName = wireName;
        this.shape = shape;
    }

    /** The value of the field {@code type} in JSON; of {@link #OTHER} no more than a word for people. */
    public String wireName() {
        return wireName;
    }

    /** The known type of that wire name; upper and lower case differ. */
    public static Optional<MessageType> ofWireName(String wireName) {
        return Optional.ofNullable(BY_WIRE_NAME.get(wireName));
    }
}

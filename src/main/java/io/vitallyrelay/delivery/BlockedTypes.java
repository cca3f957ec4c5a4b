package io.vitallyrelay.delivery;

import io.vitallyrelay.message.MessageType;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/**
 * Notices that the endpoint refuses every message of a type, as it does for a type that is blocked for the workspace: so many
 * in a row were refused with 400, each sent alone, and none was taken in between. One for all lanes; thread-safe.
 */
public final class BlockedTypes {
    /** So many in a row. Fewer are found one by one at little cost, and can be bad ones that stand together. */
    static final int IN_A_ROW = 10;

    private final Map<MessageType, Integer> refusedInARow = new EnumMap<>(MessageType.class);
    private final Set<MessageType> blocked = EnumSet.noneOf(MessageType.class);

    /** A message of the type, sent alone, was refused with 400. @return whether this tells that the type is blocked */
    synchronized boolean refused(MessageType type) {
        if (type == MessageType.OTHER) {
            return false; // they are of many types, and what is said of one holds for no other
        }
        return refusedInARow.merge(type, 1, Integer::sum) >= IN_A_ROW && blocked.add(type);
    }

    /** A message of the type was taken. @return whether this tells that the type is no longer blocked */
    synchronized boolean taken(MessageType type) {
        refusedInARow.remove(type);
        return blocked.remove(type);
    }

    /** The types that are refused at the moment. */
    public synchronized Set<MessageType> all() {
        return blocked.isEmpty() ? Set.of() : EnumSet.copyOf(blocked);
    }
}

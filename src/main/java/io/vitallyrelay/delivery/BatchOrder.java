package io.vitallyrelay.delivery;

import io.vitallyrelay.message.MessageType;
import io.vitallyrelay.spool.Pending;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The order inside a batch: organizations, accounts, users, then all that depends on them. Messages of one entity are never
 * swapped: one that follows a message of its entity with a later place is put there as well. Entities are told apart by their
 * hash, so that in rare cases a message keeps its place without need.
 */
final class BatchOrder {
    private static final int PLACES = 4;

    private BatchOrder() {}

    static List<Pending> of(List<Pending> messages) {
        Map<Integer, Integer> placeOfEntity = new HashMap<>();
        List<List<Pending>> places = new ArrayList<>();
        for (int i = 0; i < PLACES; i++) {
            places.add(new ArrayList<>());
        }
        for (Pending message : messages) {
            int place = placeOfEntity.merge(message.entityHash(), place(message.type()), Math::max);
            places.get(place).add(message);
        }
        List<Pending> ordered = new ArrayList<>(messages.size());
        places.forEach(ordered::addAll);
        return ordered;
    }

    private static int place(MessageType type) {
        return switch (type) {
            case ORGANIZATION -> 0;
            case ACCOUNT -> 1;
            case USER -> 2;
            case UNLINK, TRACK, CUSTOM_OBJECT_INSTANCE, OTHER -> 3;
        };
    }
}

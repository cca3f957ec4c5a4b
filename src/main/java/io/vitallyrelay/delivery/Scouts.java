package io.vitallyrelay.delivery;

import io.vitallyrelay.message.MessageType;
import io.vitallyrelay.spool.Pending;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Picks the messages of a blocked type which are sent ahead of their batch to see whether the type still is blocked: the
 * first, the middle and the last one. Only those come into question whose entity has no other message in the batch, so that
 * going ahead changes no order.
 */
final class Scouts {
    private Scouts() {}

    static List<Pending> of(MessageType type, List<Pending> messages) {
        Map<Integer, Integer> ofEntity = new HashMap<>();
        for (Pending message : messages) {
            ofEntity.merge(message.entityHash(), 1, Integer::sum);
        }
        List<Pending> alone = messages.stream()
                .filter(message -> message.type() == type && ofEntity.get(message.entityHash()) == 1)
                .toList();
        if (alone.size() <= 3) {
            return alone;
        }
        List<Pending> scouts = new ArrayList<>();
        scouts.add(alone.get(0));
        scouts.add(alone.get(alone.size() / 2));
        scouts.add(alone.get(alone.size() - 1));
        return scouts;
    }
}

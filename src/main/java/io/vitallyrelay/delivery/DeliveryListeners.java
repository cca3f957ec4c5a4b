package io.vitallyrelay.delivery;

import io.vitallyrelay.message.MessageType;
import io.vitallyrelay.spool.Pending;
import java.util.List;

/** Tells several listeners, in order. */
public record DeliveryListeners(List<DeliveryListener> all) implements DeliveryListener {
    public DeliveryListeners {
        all = List.copyOf(all);
    }

    @Override
    public void posted(Posted posted) {
        all.forEach(each -> each.posted(posted));
    }

    @Override
    public void settled(int lane, List<Pending> messages, boolean delivered, int status) {
        all.forEach(each -> each.settled(lane, messages, delivered, status));
    }

    @Override
    public void doubtful(Answer answer) {
        all.forEach(each -> each.doubtful(answer));
    }

    @Override
    public void blocked(MessageType type, boolean blocked, String answer) {
        all.forEach(each -> each.blocked(type, blocked, answer));
    }
}

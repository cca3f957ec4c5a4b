package io.vitallyrelay.delivery;

import io.vitallyrelay.message.MessageType;
import io.vitallyrelay.spool.Pending;
import java.util.List;

/** Is told what comes of requests and messages. Called by all lanes at once, so thread-safe and quick. */
@FunctionalInterface
public interface DeliveryListener {

    /** A request was answered, or is known not to be. */
    void posted(Posted posted);

    /**
     * Messages of a lane are settled, in order.
     *
     * @param delivered whether the endpoint has them; else they are dead letters
     * @param status of the answer that settled them; 0 where there was none
     */
    default void settled(int lane, List<Pending> messages, boolean delivered, int status) {}

    /** A success that is not the documented one: {@code 200} with JSON. */
    default void doubtful(Answer answer) {}

    /** Messages of the type are refused one and all, or no longer are. */
    default void blocked(MessageType type, boolean blocked, String answer) {}
}

package io.vitallyrelay.source.camel;

import com.fasterxml.jackson.databind.JsonNode;
import io.vitallyrelay.message.Message;
import io.vitallyrelay.message.Notice;
import io.vitallyrelay.message.Notices;
import io.vitallyrelay.message.Stamp;
import java.util.HashMap;
import java.util.Map;

/**
 * Tells of messages of one record that bring the same messageId with other content: for the endpoint the second is a duplicate of
 * the first. Not thread-safe.
 */
final class OwnIds {
    private final Notices notices;
    private final Map<String, JsonNode> candidates = new HashMap<>();

    OwnIds(Notices notices) {
        this.notices = notices;
    }

    /** @param stamp its index 0 begins another record */
    void admitted(Message message, JsonNode candidate, Stamp stamp) {
        if (stamp.index() == 0) {
            candidates.clear();
        }
        if (!candidate.path("messageId").isValueNode()) {
            return;
        }
        JsonNode before = candidates.putIfAbsent(message.messageId(), candidate);
        if (before != null && !before.equals(candidate)) {
            notices.told(Notice.SAME_MESSAGE_ID, 1, "", stamp.origin());
        }
    }
}

package io.vitallyrelay.sink;

import com.fasterxml.jackson.databind.JsonNode;
import io.vitallyrelay.message.Message;
import io.vitallyrelay.message.Notice;
import io.vitallyrelay.message.Notices;
import io.vitallyrelay.message.Origin;
import io.vitallyrelay.message.Stamp;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * Tells of messages of one record that bring the same messageId with other content: for the endpoint the second is a duplicate of
 * the first. The elements of an array are records of their own, but belong together here. Not thread-safe: one for each thread,
 * as one thread takes what belongs together.
 */
final class OwnIds {
    /** So many of one array are remembered; then it begins anew. */
    static final int MOST = 10_000;

    private static final String ELEMENT = "element ";
    private static final byte[] KEY = "\"messageId\"".getBytes(StandardCharsets.US_ASCII);

    private final Notices notices;
    private final Map<String, Integer> hashes = new HashMap<>();
    private String place = "";

    OwnIds(Notices notices) {
        this.notices = notices;
    }

    /** Whether it is of an array whose other elements come one by one. */
    static boolean isElement(Origin origin) {
        return origin.position().startsWith(ELEMENT) || origin.position().contains(", " + ELEMENT);
    }

    /** Whether the key stands in the text at all. One that is written with escapes is not seen, and its message not told of. */
    static boolean mayHaveOne(byte[] json) {
        for (int i = 0; i <= json.length - KEY.length; i++) {
            if (json[i] == '"' && Arrays.equals(json, i, i + KEY.length, KEY, 0, KEY.length)) {
                return true;
            }
        }
        return false;
    }

    void admitted(Message message, JsonNode candidate, Stamp stamp) {
        boolean begins = stamp.index() == 0 && !isElement(stamp.origin());
        if (begins || hashes.size() == MOST) {
            hashes.clear();
        }
        if (!candidate.path("messageId").isValueNode()) {
            return;
        }
        String now = place(stamp.origin());
        if (!now.equals(place)) {
            place = now;
            hashes.clear();
        }
        Integer before = hashes.putIfAbsent(message.messageId(), candidate.hashCode());
        if (before != null && before != candidate.hashCode()) {
            notices.told(Notice.SAME_MESSAGE_ID, 1, "", stamp.origin());
        }
    }

    /** The unit, and the place in it without that of the element. */
    private static String place(Origin origin) {
        int end = Math.max(0, origin.position().lastIndexOf(ELEMENT));
        String array = isElement(origin) ? origin.position().substring(0, end) : origin.position();
        return origin.integration() + '\n' + origin.unit() + '\n' + array;
    }
}

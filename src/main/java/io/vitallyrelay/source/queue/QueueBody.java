package io.vitallyrelay.source.queue;

import io.vitallyrelay.source.Problem;
import java.io.ByteArrayOutputStream;
import java.util.List;

/** What is in a message of a queue. Immutable, but for the bytes, which nobody may change. */
public sealed interface QueueBody {
    /** Why a message without a body is none. */
    Problem NONE = Problem.malformed("has no body: must be text, bytes or a map");

    /**
     * What should be JSON in UTF-8: a value, or an array of them.
     *
     * @param bytes of a body that is too long, at least one byte more than is allowed
     */
    @SuppressWarnings("ArrayRecordComponent") // read once, never compared
    record Unread(byte[] bytes) implements QueueBody {}

    /**
     * One value that was made JSON.
     *
     * @param bytes the JSON in UTF-8; where there is a problem, what can be shown of it
     * @param problem why it cannot be used; null where it can
     */
    @SuppressWarnings("ArrayRecordComponent") // read once, never compared
    record Value(byte[] bytes, Problem problem) implements QueueBody {}

    /** Several of them, each a record. */
    record Elements(List<Value> values) implements QueueBody {}

    /** All its bytes, for what tells one message from another. */
    default byte[] all() {
        if (this instanceof Unread json) {
            return json.bytes();
        } else if (this instanceof Value value) {
            return value.bytes();
        }
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        ((Elements) this).values().forEach(value -> all.writeBytes(value.bytes()));
        return all.toByteArray();
    }
}

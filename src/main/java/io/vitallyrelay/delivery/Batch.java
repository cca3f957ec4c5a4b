package io.vitallyrelay.delivery;

import io.vitallyrelay.spool.Pending;
import java.util.ArrayList;
import java.util.List;

/** Messages of one lane that are to be posted together, in its order. Not thread-safe: it belongs to its lane. */
public final class Batch {
    /**
     * When a batch is full.
     *
     * @param messages so many, at most
     * @param bytes of its {@link #body}, at most
     * @param largestMessage bytes that any message may have: a batch without room for them is full
     */
    public record Limits(int messages, int bytes, int largestMessage) {}

    private final Limits limits;
    private final List<Pending> messages;
    private long messageBytes;

    public Batch(Limits limits) {
        this.limits = limits;
        messages = new ArrayList<>(limits.messages());
    }

    public void add(Pending message) {
        messages.add(message);
        messageBytes += message.size();
    }

    public boolean isFull() {
        int brackets = 2;
        int commas = messages.size();
        return messages.size() >= limits.messages()
                || brackets + messageBytes + commas + limits.largestMessage() > limits.bytes();
    }

    Limits limits() {
        return limits;
    }

    public List<Pending> messages() {
        return messages;
    }

    /** The bytes of {@link #body}. */
    static int size(List<Pending> messages) {
        int length = 1 + Math.max(1, messages.size());
        for (Pending message : messages) {
            length += message.size();
        }
        return length;
    }

    /** The JSON array of the messages in UTF-8. They are joined as they are stored: nothing is encoded again. */
    static byte[] body(List<Pending> messages) {
        byte[] body = new byte[size(messages)];
        int at = 0;
        body[at++] = '[';
        for (int i = 0; i < messages.size(); i++) {
            if (i > 0) {
                body[at++] = ',';
            }
            at = messages.get(i).copyTo(body, at);
        }
        body[at] = ']';
        return body;
    }
}

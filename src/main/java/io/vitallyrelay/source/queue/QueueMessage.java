package io.vitallyrelay.source.queue;

import com.fasterxml.jackson.databind.JsonNode;
import io.vitallyrelay.message.Origin;
import io.vitallyrelay.source.Problem;
import io.vitallyrelay.source.RecordInHand;
import io.vitallyrelay.source.text.ElementCut;
import io.vitallyrelay.source.text.Elements;
import io.vitallyrelay.source.text.JsonText;
import io.vitallyrelay.source.text.NotJsonException;
import io.vitallyrelay.source.text.RecordText;
import io.vitallyrelay.spool.Content;
import io.vitallyrelay.spool.RecordIntake;
import io.vitallyrelay.spool.ResumePoint;
import io.vitallyrelay.spool.Spool;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;

/**
 * One message of a queue on its way into the spool: a JSON value, or an array of them. Each value is a record for the route by
 * itself: where one cannot be used, it alone is a dead letter. What all of them became is staged together. Not thread-safe.
 */
public final class QueueMessage implements Iterator<JsonNode>, RecordInHand {
    private final Origin message;
    private final RecordIntake intake;
    private final Iterator<QueueBody.Value> values;
    private final boolean isArray;
    private final int maxBytes;
    private final boolean wasTaken;
    private int begun;
    /** Of the record in hand. */
    private Content content = Content.raw(new byte[0], true);

    private Exception failure;

    private QueueMessage(
            Spool spool,
            Origin message,
            Iterator<QueueBody.Value> values,
            boolean isArray,
            int maxBytes,
            boolean wasTaken) {
        this.message = message;
        this.intake = new RecordIntake(spool.intake(message.integration(), message.unit()));
        this.values = values;
        this.isArray = isArray;
        this.maxBytes = maxBytes;
        this.wasTaken = wasTaken;
    }

    /** A message that comes again although what it became is durable: there is nothing in it any more. */
    public static QueueMessage takenBefore(Spool spool, Origin message) {
        return new QueueMessage(spool, message, Collections.emptyIterator(), false, 0, true);
    }

    /**
     * @param message the place of the message, the same whenever it comes
     * @param maxBytes a longer message becomes a dead letter, and so does a longer value where several came
     */
    public static QueueMessage of(Spool spool, Origin message, QueueBody body, int maxBytes) {
        if (body instanceof QueueBody.Elements elements) {
            List<QueueBody.Value> values = elements.values().stream()
                    .map(value -> limited(value, maxBytes))
                    .toList();
            return new QueueMessage(spool, message, values.iterator(), true, maxBytes, false);
        }
        QueueBody.Value whole = limited(
                body instanceof QueueBody.Unread json
                        ? new QueueBody.Value(json.bytes(), isBlank(json.bytes()) ? QueueBody.NONE : null)
                        : (QueueBody.Value) body,
                maxBytes);
        if (whole.problem() == null && Elements.areIn(whole.bytes())) {
            return new QueueMessage(spool, message, new ValuesOf(new Elements(whole.bytes())), true, maxBytes, false);
        }
        boolean isEmptyArray = isEmptyArray(whole);
        return new QueueMessage(
                spool,
                message,
                isEmptyArray ? Collections.emptyIterator() : List.of(whole).iterator(),
                isEmptyArray,
                maxBytes,
                false);
    }

    /** Those of a text, one after the other. */
    private record ValuesOf(Elements elements) implements Iterator<QueueBody.Value> {
        @Override
        public boolean hasNext() {
            return elements.hasNext();
        }

        @Override
        public QueueBody.Value next() {
            Elements.Element element = elements.next();
            return new QueueBody.Value(
                    element.json(), element.problem() == null ? null : Problem.malformed(element.problem()));
        }
    }

    private static QueueBody.Value limited(QueueBody.Value value, int maxBytes) {
        return value.problem() == null && value.bytes().length > maxBytes
                ? new QueueBody.Value(value.bytes(), Problem.tooLong(maxBytes))
                : value;
    }

    private static boolean isEmptyArray(QueueBody.Value value) {
        try {
            return value.problem() == null
                    && startsWithBracket(value.bytes())
                    && JsonText.parse(value.bytes()).isArray();
        } catch (NotJsonException e) {
            return false;
        }
    }

    private static boolean startsWithBracket(byte[] json) {
        int first = ElementCut.skipSpace(json, 0, json.length);
        return first < json.length && json[first] == '[';
    }

    private static boolean isBlank(byte[] json) {
        return ElementCut.skipSpace(json, 0, json.length) == json.length;
    }

    /** A splitter asks before the record it was given is through the route: {@link #next} may still find none. */
    @Override
    public boolean hasNext() {
        return values.hasNext() && failure == null;
    }

    /** Null where a record before failed, or where all that are left are dead letters. */
    @Override
    public JsonNode next() {
        while (hasNext()) {
            if (begun > 0) {
                buryIfLost();
                intake.recordDoneLater(ResumePoint.NONE);
            }
            QueueBody.Value value = values.next();
            begun++;
            content = raw(value.bytes());
            if (value.problem() != null) {
                bury(value.problem());
                continue;
            }
            try {
                JsonNode read = JsonText.parse(value.bytes());
                content = Content.record(value.bytes());
                return read;
            } catch (NotJsonException e) {
                bury(Problem.malformed(e.getMessage()));
            }
        }
        return null;
    }

    /** Nobody else has what a message holds once it is committed. */
    private Content raw(byte[] bytes) {
        return bytes.length <= maxBytes
                ? Content.raw(bytes, false)
                : Content.raw(RecordText.head(bytes, 0, maxBytes), true);
    }

    /** Of the record in hand; of the message itself where it is not an array. */
    @Override
    public Origin origin() {
        return isArray && begun > 0
                ? new Origin(
                        message.integration(), message.unit(), "message " + message.position() + ", element " + begun)
                : message;
    }

    @Override
    public RecordIntake intake() {
        return intake;
    }

    @Override
    public Content content() {
        return content;
    }

    @Override
    public void failed(Exception thrown) {
        failure = thrown;
    }

    /**
     * Stages what all of it became. Who commits the message flushes the spool before.
     *
     * @throws IllegalStateException when a record of it failed, and nobody made it a dead letter: the message has to come again
     */
    @Override
    public void done() throws InterruptedException {
        if (failure != null) {
            throw new IllegalStateException(
                    "message " + message.position() + " of " + message.unit() + " failed and is no dead letter",
                    failure);
        }
        if (!wasTaken) {
            if (begun > 0) {
                buryIfLost();
            }
            intake.recordDone(ResumePoint.NONE);
        }
    }
}

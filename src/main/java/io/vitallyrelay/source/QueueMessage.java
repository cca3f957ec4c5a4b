package io.vitallyrelay.source;

import com.fasterxml.jackson.databind.JsonNode;
import io.vitallyrelay.message.Origin;
import io.vitallyrelay.source.FileRecord.BadRow;
import io.vitallyrelay.spool.DeadRecord;
import io.vitallyrelay.spool.Intake;
import io.vitallyrelay.spool.ResumePoint;
import io.vitallyrelay.spool.Spool;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.List;

/**
 * One message of a queue on its way into the spool: a JSON value, or an array of them, each of which is a record for the
 * route. The message is taken as a whole: where one of them fails, all of it is one dead letter. Not thread-safe.
 */
public final class QueueMessage implements Iterator<JsonNode>, RecordInHand {
    private final Origin origin;
    private final Intake intake;
    private final byte[] raw;
    private final Iterator<JsonNode> records;
    private boolean buried;
    private Exception failure;

    private QueueMessage(Spool spool, Origin origin, byte[] body, FileRecord read) {
        this.origin = origin;
        this.intake = spool.intake(origin.integration(), origin.unit());
        this.raw = RecordText.head(body, 0, body.length);
        if (read instanceof FileRecord.Row row) {
            records = row.body().isArray()
                    ? row.body().iterator()
                    : List.of(row.body()).iterator();
        } else {
            records = List.<JsonNode>of().iterator();
            bury(((BadRow) read).reason());
        }
    }

    /**
     * @param body what should be JSON in UTF-8; anything else becomes a dead letter
     * @param maxBytes a longer body becomes a dead letter too
     */
    public static QueueMessage of(Spool spool, Origin origin, byte[] body, int maxBytes) throws IOException {
        FileRecord read = body.length > maxBytes
                ? RecordText.bad(1, RecordText.tooLong(maxBytes), body, 0, body.length)
                : new JsonText(new RecordText(StandardCharsets.UTF_8, "character")).read(1, body, 0, body.length);
        return new QueueMessage(spool, origin, body, read);
    }

    /** A message that cannot even be tried, with what there is of its body. */
    public static QueueMessage unusable(Spool spool, Origin origin, String reason, byte[] body) {
        return new QueueMessage(spool, origin, body, RecordText.bad(1, reason, body, 0, body.length));
    }

    /** A splitter asks before the record it was given is through the route: {@link #next} may still find none. */
    @Override
    public boolean hasNext() {
        return records.hasNext() && !isOver();
    }

    /** Null where a record before failed. */
    @Override
    public JsonNode next() {
        return isOver() ? null : records.next();
    }

    private boolean isOver() {
        return buried || failure != null;
    }

    @Override
    public Origin origin() {
        return origin;
    }

    @Override
    public Intake intake() {
        return intake;
    }

    @Override
    public void bury(String reason) {
        buried = true;
        intake.discard();
        intake.dead(new DeadRecord(origin.position(), reason, raw));
    }

    @Override
    public void failed(Exception thrown) {
        failure = thrown;
    }

    /**
     * Stages what it became. Who commits the message flushes the spool before.
     *
     * @throws IllegalStateException when a record of it failed, and nobody made it a dead letter: it has to come again
     */
    @Override
    public void done() throws InterruptedException {
        if (failure != null) {
            throw new IllegalStateException(
                    "message " + origin.position() + " of " + origin.unit() + " failed and is no dead letter", failure);
        }
        intake.recordDone(ResumePoint.NONE);
    }
}

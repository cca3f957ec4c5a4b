package io.vitallyrelay.source;

import io.vitallyrelay.message.Origin;
import io.vitallyrelay.source.text.JsonText;
import io.vitallyrelay.source.text.NotJsonException;
import io.vitallyrelay.spool.Content;
import io.vitallyrelay.spool.RecordIntake;
import io.vitallyrelay.spool.ResumePoint;
import io.vitallyrelay.spool.Spool;

/** A record that comes by itself, from a queue or a timer: durable before its source goes on. Not thread-safe. */
public final class SingleRecord implements RecordInHand {
    private final Origin origin;
    private final RecordIntake intake;
    private final byte[] raw;

    public SingleRecord(Spool spool, Origin origin, byte[] raw) {
        this.origin = origin;
        this.intake = new RecordIntake(spool.intake(origin.integration(), origin.unit()));
        this.raw = raw;
    }

    @Override
    public Origin origin() {
        return origin;
    }

    @Override
    public RecordIntake intake() {
        return intake;
    }

    @Override
    public Content content() {
        try {
            JsonText.parse(raw);
            return Content.record(raw);
        } catch (NotJsonException e) {
            return Content.raw(raw, false);
        }
    }

    @Override
    public void failed(Exception failure) {
        intake.discard();
    }

    @Override
    public void done() throws InterruptedException {
        intake.recordDone(ResumePoint.NONE);
        intake.flush();
    }
}

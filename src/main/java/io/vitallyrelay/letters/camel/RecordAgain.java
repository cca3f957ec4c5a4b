package io.vitallyrelay.letters.camel;

import io.vitallyrelay.letters.NoReplayException;
import io.vitallyrelay.message.Message;
import io.vitallyrelay.message.Origin;
import io.vitallyrelay.source.Problem;
import io.vitallyrelay.source.RecordInHand;
import io.vitallyrelay.spool.Content;
import io.vitallyrelay.spool.Intake;
import io.vitallyrelay.spool.Outcome;
import io.vitallyrelay.spool.RecordIntake;
import io.vitallyrelay.spool.ResumePoint;
import java.util.ArrayList;
import java.util.List;

/** A record that goes through its route once more: nothing of what it becomes is stored. Not thread-safe. */
final class RecordAgain implements RecordInHand {
    private final Origin origin;
    private final Content content;
    private final List<Outcome> became = new ArrayList<>();
    private final RecordIntake intake = new RecordIntake(new Gathering());
    private Problem problem;

    RecordAgain(Origin origin, byte[] record) {
        this.origin = origin;
        this.content = Content.record(record);
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
        return content;
    }

    @Override
    public void bury(Problem found) {
        problem = found;
    }

    @Override
    public void failed(Exception failure) {
        problem = Problem.of(failure);
    }

    @Override
    public void done() throws InterruptedException {
        intake.recordDone(ResumePoint.NONE);
    }

    /** What it became: all of it messages, or none. */
    List<Message> messages() throws InterruptedException, NoReplayException {
        if (problem != null) {
            throw new NoReplayException(problem.reason());
        }
        if (!intake.hasArrived()) {
            throw new NoReplayException(Problem.LOST.reason());
        }
        done();
        List<Message> messages = new ArrayList<>();
        for (Outcome outcome : became) {
            if (outcome instanceof Outcome.Dead dead) {
                throw new NoReplayException(dead.record().reason());
            }
            if (outcome instanceof Outcome.Appended appended) {
                messages.add(appended.message());
            }
        }
        return messages;
    }

    private final class Gathering implements Intake {
        @Override
        public String resumeAt() {
            return "";
        }

        @Override
        public void append(List<Outcome> outcomes, ResumePoint behind) {
            became.addAll(outcomes);
        }

        @Override
        public void flush() {
            // there is nothing to write
        }
    }
}

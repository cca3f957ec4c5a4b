package io.vitallyrelay.spool;

import io.vitallyrelay.message.Message;
import java.util.ArrayList;
import java.util.List;

/**
 * An {@link Intake} for one record after the other: what the current one became is gathered by {@link #message} and
 * {@link #dead}, and taken as a whole by {@link #recordDone} or thrown away by {@link #discard}. Not thread-safe.
 */
public final class RecordIntake {
    private static final Outcome.Skipped SKIPPED = new Outcome.Skipped();

    private final Intake intake;
    /** What became of the records that are done, and behind it what the current one became so far. */
    private final List<Outcome> gathered = new ArrayList<>();

    private int done;
    /** Whether the current record is where it is put into the spool. */
    private boolean arrived;
    /** The resume point behind the records that are done; null where there are none. */
    private ResumePoint behindDone;

    public RecordIntake(Intake intake) {
        this.intake = intake;
    }

    /** As {@link Intake#resumeAt}. */
    public String resumeAt() {
        return intake.resumeAt();
    }

    /** Adds a message that the current record became. Nothing is stored yet. */
    public void message(Message message, String position) {
        gathered.add(new Outcome.Appended(message, position));
    }

    /** Adds a dead letter that the current record became. Nothing is stored yet. */
    public void dead(DeadRecord dead) {
        gathered.add(new Outcome.Dead(dead));
    }

    /** Throws away what the current record became so far. */
    public void discard() {
        gathered.subList(done, gathered.size()).clear();
    }

    /** The current record is where it is put into the spool: that it becomes nothing there is meant. */
    public void arrive() {
        arrived = true;
    }

    /** Whether the current record arrived there, or became something else. */
    public boolean hasArrived() {
        return arrived || gathered() > 0;
    }

    /** How many messages and dead letters the current record became so far. */
    public int gathered() {
        return gathered.size() - done;
    }

    /**
     * The record is through: appends what it became, and what {@link #recordDoneLater} left. A record that became nothing counts
     * as skipped.
     *
     * @throws SpoolClosedException as {@link Intake#append}
     */
    public void recordDone(ResumePoint behind) throws InterruptedException {
        recordDoneLater(behind);
        appendDone();
    }

    /** As {@link #recordDone}, but leaves it to {@link #appendDone} to append the record, together with those around it. */
    public void recordDoneLater(ResumePoint behind) {
        if (gathered() == 0) {
            gathered.add(SKIPPED);
        }
        done = gathered.size();
        arrived = false;
        behindDone = behind;
    }

    /**
     * Appends the records that are done and not appended.
     *
     * @throws SpoolClosedException as {@link Intake#append}
     */
    public void appendDone() throws InterruptedException {
        if (behindDone == null) {
            return;
        }
        List<Outcome> outcomes = gathered.subList(0, done);
        intake.append(outcomes, behindDone);
        outcomes.clear();
        done = 0;
        behindDone = null;
    }

    /** As {@link Spool#flush()}. */
    public void flush() throws InterruptedException {
        intake.flush();
    }
}

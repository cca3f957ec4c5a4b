package io.vitallyrelay.spool;

import io.vitallyrelay.message.Message;
import java.util.ArrayList;
import java.util.List;

/** Gathers what records become, without a lock, and stages it as a whole. */
final class LocalIntake implements Intake {
    private final Staging staging;
    private final Unit unit;
    /** What became of the records that are done, and behind it what the current one became so far. */
    private final List<Staged> gathered = new ArrayList<>();

    private int done;
    private int skipped;
    /** The resume point behind the records that are done; null where there are none. */
    private ResumePoint behindDone;

    LocalIntake(Staging staging, Unit unit) {
        this.staging = staging;
        this.unit = unit;
    }

    @Override
    public String resumeAt() {
        return staging.resumeAt(unit);
    }

    @Override
    public void message(Message message, String position) {
        gathered.add(new Staged(message, position, null, null));
    }

    @Override
    public void dead(DeadRecord dead) {
        gathered.add(new Staged(null, dead.position(), new Refusal(dead.reason(), 0, null, 0), dead.record()));
    }

    @Override
    public void discard() {
        gathered.subList(done, gathered.size()).clear();
    }

    @Override
    public int gathered() {
        return gathered.size() - done;
    }

    @Override
    public void recordDone(ResumePoint behind) throws InterruptedException {
        recordDoneLater(behind);
        stageDone();
    }

    @Override
    public void recordDoneLater(ResumePoint behind) {
        if (gathered() == 0) {
            skipped++;
        }
        done = gathered.size();
        behindDone = behind;
    }

    @Override
    public void stageDone() throws InterruptedException {
        if (behindDone == null) {
            return;
        }
        List<Staged> became = gathered.subList(0, done);
        staging.append(unit, became, skipped, behindDone);
        became.clear();
        done = 0;
        skipped = 0;
        behindDone = null;
    }

    @Override
    public void flush() throws InterruptedException {
        staging.flush();
    }
}

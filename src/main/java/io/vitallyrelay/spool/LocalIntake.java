package io.vitallyrelay.spool;

import io.vitallyrelay.message.Message;
import java.util.ArrayList;
import java.util.List;

/** Gathers what one record becomes, without a lock, and stages it as a whole. */
final class LocalIntake implements Intake {
    private final Staging staging;
    private final Unit unit;
    private final List<Staged> gathered = new ArrayList<>();

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
        gathered.clear();
    }

    @Override
    public int gathered() {
        return gathered.size();
    }

    @Override
    public void recordDone(ResumePoint behind) throws InterruptedException {
        staging.append(unit, gathered, behind);
        gathered.clear();
    }

    @Override
    public void flush() throws InterruptedException {
        staging.flush();
    }
}

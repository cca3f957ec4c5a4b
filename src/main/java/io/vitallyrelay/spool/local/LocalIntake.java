package io.vitallyrelay.spool.local;

import io.vitallyrelay.spool.Intake;
import io.vitallyrelay.spool.Outcome;
import io.vitallyrelay.spool.ResumePoint;
import java.util.List;

/** @param owner by which the unit knows the one who owns it; null where several may feed it */
record LocalIntake(Staging staging, Unit unit, Object owner) implements Intake {
    @Override
    public String resumeAt() {
        return staging.resumeAt(unit);
    }

    @Override
    public void append(List<Outcome> outcomes, ResumePoint behind) throws InterruptedException {
        staging.append(unit, owner, outcomes, behind);
    }

    @Override
    public void flush() throws InterruptedException {
        staging.flush();
    }
}

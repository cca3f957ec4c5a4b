package io.vitallyrelay.app;

import io.quarkus.runtime.annotations.RegisterForReflection;
import io.vitallyrelay.delivery.Hold;
import io.vitallyrelay.delivery.HoldFile;
import io.vitallyrelay.letters.Audit;
import io.vitallyrelay.letters.Job;
import io.vitallyrelay.letters.Jobs;
import io.vitallyrelay.letters.Selection;

/** What is kept as JSON in files: the native executable has to know by which names. */
@RegisterForReflection(
        targets = {
            Audit.Entry.class,
            Hold.class,
            Hold.Cause.class,
            HoldFile.Content.class,
            Job.class,
            Job.Deed.class,
            Job.Mended.class,
            Job.Progress.class,
            Job.Sample.class,
            Job.State.class,
            Job.Stay.class,
            Jobs.Ordered.class,
            Selection.class
        })
final class StoredRecords {
    private StoredRecords() {}
}

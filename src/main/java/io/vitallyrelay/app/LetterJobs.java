package io.vitallyrelay.app;

import io.vitallyrelay.letters.Job;
import io.vitallyrelay.letters.Jobs;
import jakarta.inject.Singleton;
import java.time.Duration;
import org.apache.camel.CamelContext;
import org.apache.camel.support.LifecycleStrategySupport;
import org.jboss.logging.Logger;

/** Does the jobs of dead letters while integrations run: a replay sends records through their routes. */
@Singleton
public class LetterJobs extends LifecycleStrategySupport {
    private static final Logger LOG = Logger.getLogger(LetterJobs.class);
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final Jobs jobs;
    private Thread thread;

    LetterJobs(Jobs jobs) {
        this.jobs = jobs;
    }

    synchronized void start() {
        thread = new Thread(this::run, "letter-jobs");
        thread.start();
    }

    private void run() {
        try {
            jobs.run();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            LOG.error("the jobs of dead letters stand still. Restart the service: they go on then", e);
        }
    }

    @Override
    public synchronized void onContextStopping(CamelContext camel) {
        jobs.stop();
        if (thread != null) {
            try {
                thread.join(PATIENCE.toMillis());
                // it waits for room in the spool; what it began is not done
                thread.interrupt();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    static void log(Job job) {
        Job.Progress end = job.progress();
        LOG.infof(
                "job %d, %s of %d dead letters, is %s: %d passed, %d discarded, %d stayed, %d were gone%s",
                job.id(),
                job.deed().word(),
                end.selected(),
                end.state().word(),
                end.passed(),
                end.discarded(),
                end.stayed(),
                end.gone(),
                end.failure() == null ? "" : ": " + end.failure());
    }
}

package io.vitallyrelay.app;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.vitallyrelay.letters.Retention;
import io.vitallyrelay.settings.Settings;
import io.vitallyrelay.settings.SettingsTable;
import io.vitallyrelay.spool.Spool;
import io.vitallyrelay.spool.SpoolClosedException;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/** Looks once a minute for dead letters that are kept no longer. */
@Singleton
public class OldLetters {
    private static final Logger LOG = Logger.getLogger(OldLetters.class);

    private final Retention retention;
    private final Settings settings;
    private final ScheduledExecutorService looking =
            Executors.newSingleThreadScheduledExecutor(task -> new Thread(task, "old-letters"));

    OldLetters(Spool spool, Settings settings, InstantSource clock) {
        this.settings = settings;
        this.retention = new Retention(spool.deadLetters(), settings.get(SettingsTable.DEAD_LETTERS_KEEP), clock);
    }

    void start(@Observes StartupEvent started) {
        if (settings.get(SettingsTable.DEAD_LETTERS_KEEP) != null) {
            var unused = looking.scheduleWithFixedDelay(this::look, 0, 1, TimeUnit.MINUTES);
        }
    }

    void stop(@Observes ShutdownEvent stopping) {
        looking.shutdownNow();
    }

    private void look() {
        try {
            long discarded = retention.discardOld();
            if (discarded > 0) {
                LOG.infof("%d dead letters are discarded: they are older than relay.dead-letters.keep", discarded);
            }
        } catch (InterruptedException | SpoolClosedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            // else there would be no further look at all
            LOG.warn("old dead letters could not be discarded", e);
        }
    }
}

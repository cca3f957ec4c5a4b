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
import java.time.Duration;
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
    private final boolean isWanted;
    private final ScheduledExecutorService looking =
            Executors.newSingleThreadScheduledExecutor(task -> new Thread(task, "old-letters"));

    OldLetters(Spool spool, Settings settings, InstantSource clock) {
        Duration keep = settings.get(SettingsTable.DEAD_LETTERS_KEEP);
        Integer last = settings.get(SettingsTable.DEAD_LETTERS_KEEP_LAST);
        this.isWanted = keep != null || last != null;
        this.retention = new Retention(spool.deadLetters(), keep, last == null ? Long.MAX_VALUE : last, clock);
    }

    void start(@Observes StartupEvent started) {
        if (isWanted) {
            var unused = looking.scheduleWithFixedDelay(this::look, 0, 1, TimeUnit.MINUTES);
        }
    }

    void stop(@Observes ShutdownEvent stopping) {
        looking.shutdownNow();
    }

    private void look() {
        try {
            tell(retention.discardOld(), "they are older than relay.dead-letters.keep");
            tell(retention.discardSurplus(), "there are more than relay.dead-letters.keep-last");
        } catch (InterruptedException | SpoolClosedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            // else there would be no further look at all
            LOG.warn("old dead letters could not be discarded", e);
        }
    }

    private static void tell(long discarded, String why) {
        if (discarded > 0) {
            LOG.infof("%d dead letters are discarded: %s", discarded, why);
        }
    }
}

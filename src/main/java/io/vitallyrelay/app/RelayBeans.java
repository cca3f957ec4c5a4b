package io.vitallyrelay.app;

import io.vitallyrelay.delivery.BackOff;
import io.vitallyrelay.delivery.Delivery;
import io.vitallyrelay.delivery.Stop;
import io.vitallyrelay.message.Contract;
import io.vitallyrelay.settings.LoadedSettings;
import io.vitallyrelay.settings.Settings;
import io.vitallyrelay.settings.SpoolSync;
import io.vitallyrelay.spool.LocalSpool;
import io.vitallyrelay.spool.Spool;
import io.vitallyrelay.spool.SyncMode;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import java.util.concurrent.ThreadLocalRandom;
import org.eclipse.microprofile.config.Config;
import org.jboss.logging.Logger;

/** The parts of the core, made from the settings. */
@Singleton
public class RelayBeans {
    private static final Logger LOG = Logger.getLogger(RelayBeans.class);

    /** The window holds at least this much, and enough for two full batches a lane. */
    private static final long LEAST_WINDOW_BYTES = 8L * 1024 * 1024;

    @Produces
    @Singleton
    Settings settings(Config config) {
        LoadedSettings loaded = ConfiguredSettings.read(config);
        loaded.warnings().forEach(LOG::warn);
        return loaded.settings();
    }

    @Produces
    @Singleton
    InstantSource clock() {
        return InstantSource.system();
    }

    @Produces
    @Singleton
    Spool spool(Settings settings, InstantSource clock) {
        long windowBytes = Math.max(LEAST_WINDOW_BYTES, 2L * settings.lanes() * settings.batchBytes());
        return LocalSpool.open(
                new LocalSpool.Options(
                        settings.data().resolve("spool"),
                        settings.lanes(),
                        windowBytes,
                        settings.spoolMaxBytes(),
                        settings.spoolSync() == SpoolSync.ALWAYS ? SyncMode.ALWAYS : SyncMode.INTERVAL,
                        settings.ledgerKeep()),
                clock);
    }

    void close(@Disposes Spool spool) {
        spool.close();
    }

    @Produces
    @Singleton
    Contract contract(Settings settings, InstantSource clock) {
        return new Contract(settings.messageBytes(), clock);
    }

    @Produces
    @Singleton
    Stop stop() {
        return new Stop();
    }

    @Produces
    @Singleton
    Delivery.Rules deliveryRules(Settings settings, Spool spool, Stop stop, InstantSource clock) {
        BackOff backOff = new BackOff(
                settings.retryInitial(),
                settings.retryMax(),
                () -> ThreadLocalRandom.current().nextLong());
        return new Delivery.Rules(spool, backOff, settings.retryMaxAge(), stop, clock);
    }
}

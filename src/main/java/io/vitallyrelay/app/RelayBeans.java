package io.vitallyrelay.app;

import io.vitallyrelay.console.ManagementPort;
import io.vitallyrelay.console.RequestGuard;
import io.vitallyrelay.console.Sessions;
import io.vitallyrelay.delivery.AnswerReader;
import io.vitallyrelay.delivery.BackOff;
import io.vitallyrelay.delivery.BlockedTypes;
import io.vitallyrelay.delivery.ByteLimit;
import io.vitallyrelay.delivery.Delivery;
import io.vitallyrelay.delivery.Gate;
import io.vitallyrelay.delivery.HoldFile;
import io.vitallyrelay.delivery.IntegrationHolds;
import io.vitallyrelay.delivery.LaneStates;
import io.vitallyrelay.delivery.LastBatches;
import io.vitallyrelay.delivery.RetryTiming;
import io.vitallyrelay.delivery.Secrets;
import io.vitallyrelay.delivery.Stop;
import io.vitallyrelay.delivery.Tap;
import io.vitallyrelay.delivery.UnderWay;
import io.vitallyrelay.delivery.Verdict;
import io.vitallyrelay.letters.Audit;
import io.vitallyrelay.letters.Jobs;
import io.vitallyrelay.letters.Replay;
import io.vitallyrelay.letters.camel.RouteMapping;
import io.vitallyrelay.message.Contract;
import io.vitallyrelay.message.ContractRules;
import io.vitallyrelay.message.Notices;
import io.vitallyrelay.message.NullPolicy;
import io.vitallyrelay.settings.BlockedType;
import io.vitallyrelay.settings.DoubtfulSuccess;
import io.vitallyrelay.settings.Nulls;
import io.vitallyrelay.settings.Settings;
import io.vitallyrelay.settings.SettingsTable;
import io.vitallyrelay.settings.SpoolSync;
import io.vitallyrelay.settings.Unknown;
import io.vitallyrelay.sink.CountedWarnings;
import io.vitallyrelay.source.SourceStates;
import io.vitallyrelay.source.Sources;
import io.vitallyrelay.source.file.Inboxes;
import io.vitallyrelay.source.file.OpenFiles;
import io.vitallyrelay.source.queue.BrokerState;
import io.vitallyrelay.source.queue.Uncommitted;
import io.vitallyrelay.source.table.Tables;
import io.vitallyrelay.spool.Spool;
import io.vitallyrelay.spool.local.LocalSpool;
import io.vitallyrelay.spool.local.SyncMode;
import io.vitallyrelay.users.Logins;
import io.vitallyrelay.users.SessionKey;
import io.vitallyrelay.users.Throttle;
import io.vitallyrelay.users.UserFile;
import io.vitallyrelay.users.UserFileException;
import io.vitallyrelay.users.UsersNow;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.InstantSource;
import java.util.Objects;
import java.util.concurrent.ThreadLocalRandom;
import org.apache.camel.CamelContext;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/** The parts of the core, made from the settings. */
@Singleton
public class RelayBeans {
    private static final Logger LOG = Logger.getLogger(RelayBeans.class);

    /** The window holds at least this much, and enough for two full batches a lane. */
    private static final long LEAST_WINDOW_BYTES = 8L * 1024 * 1024;

    private static final int MOST_LOGINS_AT_ONCE = 2;

    @Produces
    @Singleton
    Settings settings(Config config) {
        Settings settings = ConfiguredSettings.read(config);
        settings.warnings().forEach(LOG::warn);
        return settings;
    }

    @Produces
    @Singleton
    InstantSource clock() {
        return InstantSource.system();
    }

    @Produces
    @Singleton
    Spool spool(Settings settings, InstantSource clock) {
        long windowBytes = Math.max(
                LEAST_WINDOW_BYTES,
                2L
                        * settings.get(SettingsTable.LANES)
                        * settings.get(SettingsTable.BATCH_BYTES).intValue());
        return LocalSpool.open(
                new LocalSpool.Options(
                        settings.get(SettingsTable.DATA).resolve("spool"),
                        settings.get(SettingsTable.LANES),
                        windowBytes,
                        settings.get(SettingsTable.SPOOL_MAX_BYTES),
                        settings.get(SettingsTable.DEAD_LETTERS_MAX_BYTES),
                        settings.get(SettingsTable.SPOOL_SYNC) == SpoolSync.ALWAYS
                                ? SyncMode.ALWAYS
                                : SyncMode.INTERVAL,
                        settings.get(SettingsTable.LEDGER_KEEP)),
                clock);
    }

    @Produces
    @Singleton
    RequestGuard requestGuard(Settings settings, @ConfigProperty(name = "quarkus.http.host") String host) {
        return new RequestGuard(host, settings.get(SettingsTable.HTTP_HOSTS));
    }

    @Produces
    @Singleton
    UsersNow users(Settings settings, @ConfigProperty(name = "quarkus.http.host") String host)
            throws UserFileException {
        UserFile file = HttpAccess.users(settings);
        UsersNow users = new UsersNow(file, LOG::warn);
        if (users.closed()) {
            LOG.infof("%d users can log in, those of %s", users.get().all().size(), file.path());
        } else {
            LOG.infof(
                    "nobody has to log in: %s is for this machine alone, and there are no users in %s",
                    host, file.path());
        }
        return users;
    }

    @Produces
    @Singleton
    Logins logins(UsersNow users) {
        int atOnce = Runtime.getRuntime().availableProcessors() / 2;
        return new Logins(
                users, new Throttle(System::nanoTime), Math.max(1, Math.min(MOST_LOGINS_AT_ONCE, atOnce)), LOG::warn);
    }

    void close(@Disposes Logins logins) {
        logins.close();
    }

    @Produces
    @Singleton
    Sessions sessions(UsersNow users, Settings settings, InstantSource clock) {
        return new Sessions(users, clock, () -> {
            try {
                return SessionKey.in(settings.get(SettingsTable.DATA).resolve("session.key"));
            } catch (IOException e) {
                throw new UncheckedIOException("no session can begin: " + e.getMessage(), e);
            }
        });
    }

    @Produces
    @Singleton
    ManagementPort managementPort(Settings settings, @ConfigProperty(name = "quarkus.http.host") String host) {
        return new ManagementPort(
                Objects.requireNonNullElse(settings.get(SettingsTable.MANAGEMENT_HOST), host),
                Objects.requireNonNullElse(settings.get(SettingsTable.MANAGEMENT_PORT), 0));
    }

    void close(@Disposes Spool spool) {
        spool.close();
    }

    @Produces
    @Singleton
    BrokerState brokerState(Settings settings) {
        return new BrokerState(
                settings.get(SettingsTable.JMS_URL) == null ? "relay.jms.url is not set" : "no connection yet");
    }

    @Produces
    @Singleton
    Uncommitted uncommitted() {
        return new Uncommitted();
    }

    @Produces
    @Singleton
    SourceStates sourceStates(InstantSource clock) {
        return new SourceStates(clock);
    }

    @Produces
    @Singleton
    Sources sources() {
        return new Sources();
    }

    @Produces
    @Singleton
    OpenFiles openFiles() {
        return new OpenFiles();
    }

    @Produces
    @Singleton
    Inboxes inboxes(Settings settings) {
        return new Inboxes(settings.get(SettingsTable.DATA).resolve("inbox"), System::nanoTime);
    }

    @Produces
    @Singleton
    Notices notices() {
        return new CountedWarnings(Logger.getLogger(CountedWarnings.class)::warn);
    }

    @Produces
    @Singleton
    Contract contract(Settings settings, InstantSource clock, Notices notices) {
        return new Contract(
                new ContractRules(
                        settings.get(SettingsTable.MESSAGE_BYTES).intValue(),
                        settings.get(SettingsTable.NULLS) == Nulls.OMIT ? NullPolicy.OMIT : NullPolicy.SEND,
                        settings.get(SettingsTable.UNKNOWN_FIELDS) == Unknown.PASS,
                        settings.get(SettingsTable.UNKNOWN_TYPES) == Unknown.PASS),
                clock,
                notices);
    }

    @Produces
    @Singleton
    Audit audit(Settings settings) {
        return new Audit(settings.get(SettingsTable.DATA).resolve("audit.jsonl"));
    }

    @Produces
    @Singleton
    Jobs jobs(Settings settings, Spool spool, Contract contract, CamelContext camel, Audit audit, InstantSource clock) {
        return Jobs.in(
                settings.get(SettingsTable.DATA).resolve("jobs"),
                spool,
                new Replay(contract, new RouteMapping(camel)),
                audit,
                settings.get(SettingsTable.REPLAY_PERCENT),
                clock,
                LetterJobs::log);
    }

    @Produces
    @Singleton
    Tables tables() {
        return new Tables();
    }

    @Produces
    @Singleton
    Stop stop() {
        return new Stop();
    }

    @Produces
    @Singleton
    UnderWay underWay() {
        return new UnderWay();
    }

    @Produces
    @Singleton
    HoldFile holdFile(Settings settings) {
        return HoldFile.open(settings.get(SettingsTable.DATA).resolve("holds.json"));
    }

    @Produces
    @Singleton
    Gate gate(Settings settings, InstantSource clock, Stop stop, HoldFile holds) {
        return new Gate(
                new Gate.Options(
                        settings.get(SettingsTable.LANES),
                        settings.get(SettingsTable.RATE),
                        settings.get(SettingsTable.HOLD_PROBE),
                        clock,
                        System::nanoTime,
                        () -> ThreadLocalRandom.current().nextLong()),
                stop,
                new IntegrationHolds(
                        new IntegrationHolds.Options(
                                settings.get(SettingsTable.REFUSED_IN_A_ROW),
                                settings.get(SettingsTable.REFUSED_PERCENT),
                                settings.get(SettingsTable.HOLD_PROBE),
                                clock,
                                System::nanoTime),
                        holds),
                holds);
    }

    @Produces
    @Singleton
    LaneStates laneStates(Settings settings) {
        return new LaneStates(settings.get(SettingsTable.LANES));
    }

    @Produces
    @Singleton
    LastBatches lastBatches(Settings settings, InstantSource clock) {
        return new LastBatches(settings.get(SettingsTable.LANES), clock);
    }

    @Produces
    @Singleton
    Tap tap(Settings settings, InstantSource clock) {
        return new Tap(
                settings.get(SettingsTable.LANES), settings.get(SettingsTable.TAP_BODIES), clock, System::nanoTime);
    }

    @Produces
    @Singleton
    BlockedTypes blockedTypes() {
        return new BlockedTypes();
    }

    @Produces
    @Singleton
    Secrets secrets(Settings settings) {
        return new Secrets(settings.get(SettingsTable.TOKEN));
    }

    @Produces
    @Singleton
    AnswerReader answerReader(Settings settings, Secrets secrets, InstantSource clock) {
        return new AnswerReader(new RetryTiming(settings.get(SettingsTable.RETRY_AFTER_MAX), clock), secrets);
    }

    @Produces
    @Singleton
    Delivery.Rules deliveryRules(
            Settings settings, Stop stop, Gate gate, BlockedTypes blockedTypes, InstantSource clock) {
        BackOff backOff = new BackOff(
                settings.get(SettingsTable.RETRY_INITIAL),
                settings.get(SettingsTable.RETRY_MAX),
                () -> ThreadLocalRandom.current().nextLong());
        return new Delivery.Rules(
                backOff,
                settings.get(SettingsTable.RETRY_MAX_AGE),
                doubtful(settings.get(SettingsTable.DOUBTFUL_SUCCESS)),
                settings.get(SettingsTable.BLOCKED_TYPE) == BlockedType.HOLD,
                clock,
                System::nanoTime,
                stop,
                gate,
                new ByteLimit(),
                blockedTypes);
    }

    private static Verdict doubtful(DoubtfulSuccess setting) {
        return switch (setting) {
            case DELIVERED -> Verdict.DELIVERED;
            case RETRY -> Verdict.RETRY;
            case HOLD -> Verdict.HOLD;
        };
    }
}

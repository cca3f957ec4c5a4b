package io.vitallyrelay.spool.local;

import io.vitallyrelay.spool.DeadLetters;
import io.vitallyrelay.spool.Intake;
import io.vitallyrelay.spool.Lanes;
import io.vitallyrelay.spool.Ledger;
import io.vitallyrelay.spool.Spool;
import io.vitallyrelay.spool.SpoolException;
import io.vitallyrelay.spool.SpoolStatus;
import io.vitallyrelay.spool.UnitCounts;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * The spool on a local disk: one MVStore file in a folder of its own. Thread-safe.
 *
 * <p>{@link Staging} gathers what is done to it, {@link Committer} writes that to the {@link Store}, {@link Window} is the
 * part of it that delivery has in memory.
 */
public final class LocalSpool implements Spool {
    /** Name of the unit that holds the counts of units finished long ago. */
    public static final String ROLLED_UP = "(earlier)";

    private final Store store;
    private final LetterStore letters;
    private final SettlementLog log;
    private final Staging staging;
    private final Window window;
    private final Thread committer;
    private final Lanes lanes;
    private final Ledger ledger;
    private final DeadLetters deadLetters;

    /**
     * How a spool is to be.
     *
     * @param directory its folder, created where absent
     * @param lanes how many lanes its messages are dealt to
     * @param windowBytes bytes of unsettled messages that may be in memory
     * @param maxBytes bytes of pending messages from which on sources wait
     * @param maxDeadLetterBytes bytes of dead letters from which on records that would become more of them wait
     * @param sync when a flush returns
     * @param keep how long finished units are kept before they are rolled up
     */
    public record Options(
            Path directory,
            int lanes,
            long windowBytes,
            long maxBytes,
            long maxDeadLetterBytes,
            SyncMode sync,
            Duration keep) {}

    private LocalSpool(
            Store store,
            LetterStore letters,
            DeadLetters deadLetters,
            SettlementLog log,
            Staging staging,
            Window window,
            Thread committer) {
        this.store = store;
        this.letters = letters;
        this.deadLetters = deadLetters;
        this.log = log;
        this.staging = staging;
        this.window = window;
        this.committer = committer;
        lanes = new LocalLanes(window, staging);
        ledger = new LocalLedger(staging);
    }

    /**
     * Opens the spool and checks all that is in it.
     *
     * @throws SpoolException when it is in use by another process, cannot be read or written, or is damaged
     */
    public static LocalSpool open(Options options, InstantSource clock) {
        return open(options, clock, () -> Disk.usable(options.directory()), StoreFiles.LOCAL);
    }

    /** @param usable bytes that are free on the disk */
    static LocalSpool open(Options options, InstantSource clock, LongSupplier usable, StoreFiles files) {
        Store store = new Store(options.directory(), files);
        LetterStore letters = new LetterStore(options.directory(), files);
        store.open();
        SettlementLog log = null;
        try {
            letters.open(store.lettersEnd());
            log = SettlementLog.open(options.directory());
            return start(options, clock, usable, store, letters, log);
        } catch (SpoolException e) {
            abandon(store, letters, log);
            throw e;
        } catch (RuntimeException e) {
            abandon(store, letters, log);
            throw store.damaged(e.getMessage(), e);
        } catch (OutOfMemoryError e) {
            // a length that is damaged
            abandon(store, letters, log);
            throw store.damaged("what is in it is larger than memory", e);
        }
    }

    private static LocalSpool start(
            Options options,
            InstantSource clock,
            LongSupplier usable,
            Store store,
            LetterStore letters,
            SettlementLog log) {
        long share = Disk.share(options.maxBytes());
        Reserve reserve = new Reserve(options.directory(), share);
        Disk disk = new Disk(options.directory(), usable, reserve, share);
        Staging staging = new Staging(
                log,
                clock,
                options.lanes(),
                new Room(options.maxBytes(), options.maxDeadLetterBytes(), disk),
                options.sync());
        new Recovery(store, letters, log, reserve).into(staging);
        Window window = new Window(options.lanes(), options.windowBytes(), store::block);
        Thread committer = new Thread(
                new Committer(staging, store, letters, reserve, window, clock, options.keep()), "spool-committer");
        committer.start();
        staging.awaitFirstCommit();
        return new LocalSpool(store, letters, new LocalDeadLetters(letters, staging), log, staging, window, committer);
    }

    private static void abandon(Store store, LetterStore letters, SettlementLog log) {
        store.abandon();
        letters.abandon();
        if (log != null) {
            log.close();
        }
    }

    @Override
    public Intake intake(String integration, String unit) {
        return new LocalIntake(staging, staging.unit(integration, unit, null), null);
    }

    @Override
    public Intake ownedIntake(String integration, String unit) {
        Object owner = new Object();
        return new LocalIntake(staging, staging.unit(integration, unit, owner), owner);
    }

    @Override
    public void flush() throws InterruptedException {
        staging.flush();
    }

    @Override
    public List<UnitCounts> unfinished(String integration) {
        return staging.unfinished(integration);
    }

    @Override
    public void finish(String integration, String unit) {
        staging.finish(integration, unit);
    }

    @Override
    public void letNoSourceWait() {
        staging.letNoSourceWait();
    }

    @Override
    public Lanes lanes() {
        return lanes;
    }

    @Override
    public Ledger ledger() {
        return ledger;
    }

    @Override
    public DeadLetters deadLetters() {
        return deadLetters;
    }

    @Override
    public SpoolStatus status() {
        return staging.status();
    }

    @Override
    public void close() {
        window.close();
        staging.close();
        boolean interrupted = false;
        while (committer.isAlive()) {
            try {
                committer.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        log.close();
        store.close(letters.close());
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}

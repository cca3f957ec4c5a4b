package io.vitallyrelay.spool;

import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

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
    private final DeadLetterReader letters;
    private final SettlementLog log;
    private final Staging staging;
    private final Window window;
    private final Thread committer;

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
            DeadLetterReader letters,
            SettlementLog log,
            Staging staging,
            Window window,
            Thread committer) {
        this.store = store;
        this.letters = letters;
        this.log = log;
        this.staging = staging;
        this.window = window;
        this.committer = committer;
    }

    /**
     * Opens the spool and checks all that is in it.
     *
     * @throws SpoolException when it is in use by another process, cannot be read or written, or is damaged
     */
    public static LocalSpool open(Options options, InstantSource clock) {
        Store store = new Store(options.directory());
        store.open();
        SettlementLog log = null;
        try {
            log = SettlementLog.open(options.directory());
            return start(options, clock, store, log);
        } catch (SpoolException e) {
            abandon(store, log);
            throw e;
        } catch (RuntimeException e) {
            abandon(store, log);
            throw store.damaged(e.getMessage(), e);
        }
    }

    private static LocalSpool start(Options options, InstantSource clock, Store store, SettlementLog log) {
        Staging staging = new Staging(
                log,
                clock,
                options.lanes(),
                new Room(options.maxBytes(), options.maxDeadLetterBytes()),
                options.sync());
        DeadLetterReader letters = new DeadLetterReader(store);
        new Recovery(store, letters, log).into(staging);
        Window window = new Window(options.lanes(), options.windowBytes(), store::block);
        Thread committer = new Thread(new Committer(staging, store, window, clock, options.keep()), "spool-committer");
        committer.start();
        staging.awaitFirstCommit();
        return new LocalSpool(store, letters, log, staging, window, committer);
    }

    private static void abandon(Store store, SettlementLog log) {
        store.abandon();
        if (log != null) {
            log.close();
        }
    }

    @Override
    public Intake intake(String integration, String unit) {
        return new LocalIntake(staging, staging.unit(integration, unit));
    }

    @Override
    public void flush() throws InterruptedException {
        staging.flush();
    }

    @Override
    public List<UnitCounts> unfinished(String integration) {
        return staging.counts(unit -> unit.finishedAt == 0 && unit.integration.equals(integration));
    }

    @Override
    public void finish(String integration, String unit) {
        staging.finish(integration, unit);
    }

    @Override
    public List<PendingMessage> take(int lane, int max, Duration wait) throws InterruptedException {
        try {
            return window.take(lane, max, wait);
        } catch (SpoolException e) {
            staging.failed(e.getMessage());
            throw e;
        }
    }

    @Override
    public void letNoSourceWait() {
        staging.letNoSourceWait();
    }

    @Override
    public void giveBack(List<PendingMessage> messages) {
        window.giveBack(messages);
    }

    @Override
    public void settle(List<Settlement> settlements) throws InterruptedException {
        staging.settle(settlements);
    }

    @Override
    public String integration(PendingMessage message) {
        return staging.integration(message);
    }

    @Override
    public List<LaneCounts> lanes() {
        return staging.lanes();
    }

    @Override
    public List<UnitCounts> units() {
        return staging.counts(unit -> true).stream()
                .sorted(Comparator.comparing(UnitCounts::integration).thenComparing(UnitCounts::unit))
                .toList();
    }

    @Override
    public List<DeadLetter> deadLetters(DeadLetterFilter filter, long after, int limit) {
        List<DeadLetter> found = new ArrayList<>();
        if (limit > 0) {
            letters.read(after, (letter, bytes) -> {
                if (filter.test(letter)) {
                    found.add(letter);
                }
                return found.size() < limit;
            });
        }
        return found;
    }

    /** Gives each letter with an id above {@code after}. */
    void readDeadLetters(long after, Consumer<DeadLetter> reader) {
        letters.read(after, (letter, bytes) -> {
            reader.accept(letter);
            return true;
        });
    }

    @Override
    public long countDeadLetters(DeadLetterFilter filter) {
        return deadLetterPage(filter, 0, 0).total();
    }

    @Override
    public DeadLetterPage deadLetterPage(DeadLetterFilter filter, long after, int limit) {
        if (filter.isOfIntegrationAlone()) {
            long total = staging.deadLetters(filter.integration());
            return new DeadLetterPage(total, total == 0 ? List.of() : deadLetters(filter, after, limit));
        }
        List<DeadLetter> found = new ArrayList<>();
        long[] total = {0};
        letters.read(0, (letter, bytes) -> {
            if (filter.test(letter)) {
                total[0]++;
                if (letter.id() > after && found.size() < limit) {
                    found.add(letter);
                }
            }
            return true;
        });
        return new DeadLetterPage(total[0], found);
    }

    @Override
    public Optional<DeadLetter> deadLetter(long id) {
        return Optional.ofNullable(store.deadLetter(id));
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
        store.close();
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}

package io.vitallyrelay.spool;

import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

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
    private final Staging staging;
    private final Window window;
    private final Thread committer;

    /**
     * How a spool is to be.
     *
     * @param directory its folder, created where absent
     * @param lanes how many lanes its messages are dealt to
     * @param windowBytes bytes of unsettled messages that may be in memory
     * @param maxBytes bytes of pending messages and dead letters above which sources wait
     * @param sync when a flush returns
     * @param keep how long finished units are kept before they are rolled up
     */
    public record Options(Path directory, int lanes, long windowBytes, long maxBytes, SyncMode sync, Duration keep) {}

    private LocalSpool(Store store, Staging staging, Window window, Thread committer) {
        this.store = store;
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
        try {
            Staging staging = new Staging(clock, options.lanes(), options.maxBytes(), options.sync());
            new Recovery(store).into(staging);
            Window window = new Window(options.lanes(), options.windowBytes(), store::block, store.lastBlock());
            Committer committer = new Committer(staging, store, window, clock, options.keep());
            Thread thread = new Thread(committer, "spool-committer");
            thread.start();
            return new LocalSpool(store, staging, window, thread);
        } catch (SpoolException e) {
            store.abandon();
            throw e;
        } catch (RuntimeException e) {
            store.abandon();
            throw store.damaged(e.getMessage(), e);
        }
    }

    @Override
    public Intake intake(String integration, String unit) {
        return new LocalIntake(staging, staging.unit(integration, unit));
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
            store.readDeadLetters(after, letter -> {
                if (filter.test(letter)) {
                    found.add(letter);
                }
                return found.size() < limit;
            });
        }
        return found;
    }

    @Override
    public long countDeadLetters(DeadLetterFilter filter) {
        long[] count = {0};
        store.readDeadLetters(0, letter -> {
            count[0] += filter.test(letter) ? 1 : 0;
            return true;
        });
        return count[0];
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
        store.close();
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Reads the whole store once: checks each checksum, and the counts of the units against what is pending. */
    private record Recovery(Store store) {
        void into(Staging staging) {
            List<Unit> units = new ArrayList<>();
            store.readUnits(units::add);
            Map<Long, Long> pendingOf = new HashMap<>();
            long[] sums = new long[4];
            for (Block block = store.block(0); block != null; block = store.block(block.seq + 1)) {
                block.forEachPending(message -> {
                    pendingOf.merge(message.unit, 1L, Long::sum);
                    staging.found(message);
                    sums[0]++;
                    sums[1] += message.size();
                });
            }
            store.readDeadLetters(0, letter -> {
                sums[1] += letter.content().length;
                sums[2] = letter.id();
                sums[3]++;
                return true;
            });
            for (Unit unit : units) {
                Long found = pendingOf.remove(unit.id);
                if (unit.pending() != (found == null ? 0 : found)) {
                    throw store.damaged(
                            "unit " + unit.name + " of " + unit.integration + " has " + unit.pending()
                                    + " pending messages by its counts, " + (found == null ? 0 : found)
                                    + " in the store",
                            null);
                }
            }
            if (!pendingOf.isEmpty()) {
                throw store.damaged("there are messages of units that it does not know: " + pendingOf.keySet(), null);
            }
            long read = units.stream().mapToLong(unit -> unit.read).sum();
            Totals found = new Totals(read, sums[0], sums[3]);
            store.requireTotals(found);
            staging.recover(units, store.lastBlock(), sums[2], found, sums[1]);
        }
    }
}

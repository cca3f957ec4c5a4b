package io.vitallyrelay.spool;

import io.vitallyrelay.message.Origin;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;

/**
 * What is done to the spool between two commits. Everybody stages here under one short lock and waits for the generation of
 * the stage to be written (settling) or durable (flushing); the committer takes the whole stage at once, so that one commit
 * and one fsync serve all who wait. Thread-safe.
 */
final class Staging {
    /** Sources wait when this much is staged and not written yet. */
    private static final int STAGED_BYTES = 4 * 1024 * 1024;

    /** So long the committer gathers rows for which nobody waits, unless there are this many of them. */
    private static final long GATHER_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

    private static final int GATHER_BYTES = 512 * 1024;

    /** What was written without a sync is synced after this time at the latest. */
    private static final long SYNC_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final ReentrantLock lock = new ReentrantLock();
    /** The committer waits here. */
    private final Condition work = lock.newCondition();
    /** All others wait here. */
    private final Condition progress = lock.newCondition();

    private final SettlementLog log;
    private final InstantSource clock;
    private final Room room;
    private final SyncMode syncMode;

    private final Units units = new Units();
    private final Stage stage;
    private final LaneCounts[] lanes;
    private Totals totals = new Totals(0, 0, 0);

    private long generation = 1;
    private long written;
    private long synced;
    private long lastSync = System.nanoTime();
    private int waitingForWritten;
    private int waitingForFlush;
    private String failure;
    private boolean lastCall;
    private boolean closing;
    private boolean closed;

    Staging(SettlementLog log, InstantSource clock, int lanes, Room room, SyncMode syncMode) {
        this.log = log;
        this.clock = clock;
        this.stage = new Stage(clock);
        this.lanes = new LaneCounts[lanes];
        Arrays.fill(this.lanes, LaneCounts.NONE);
        this.room = room;
        this.syncMode = syncMode;
    }

    // ---- recovery, before anybody else is there

    void found(PendingMessage message) {
        lanes[lane(message.hash)] = lanes[lane(message.hash)].appended();
    }

    private int lane(int hash) {
        return LaneHash.lane(hash, lanes.length);
    }

    void recover(Collection<Unit> stored, long lastBlock, long lastDeadLetter, Totals found) {
        units.recover(stored);
        stage.recover(lastBlock, lastDeadLetter);
        totals = found;
    }

    void recoverRoom(long messageBytes, long deadLetterBytes) {
        room.addMessages(messageBytes);
        room.addDeadLetters(deadLetterBytes);
    }

    /** What an earlier run delivered and did not commit is settled in the first commit, under which a new epoch begins. */
    void begin(List<Settlement> delivered, long epoch) {
        for (Settlement settlement : delivered) {
            settlement.message().to(MessageState.TAKEN);
            settlement.message().to(MessageState.SENT);
            settlement.message().to(MessageState.ANSWERED);
            settle(settlement);
        }
        log.begin(epoch);
    }

    /** Returns when the first commit is written, or cannot be for now. */
    void awaitFirstCommit() {
        lock.lock();
        try {
            waitingForWritten++;
            work.signal();
            while (written == 0 && failure == null && !closed) {
                progress.awaitUninterruptibly();
            }
            waitingForWritten--;
        } finally {
            lock.unlock();
        }
    }

    // ---- sources

    Unit unit(String integration, String name) {
        lock.lock();
        try {
            Unit unit = units.of(integration, name);
            unit.finishedAt = 0;
            return unit;
        } finally {
            lock.unlock();
        }
    }

    String resumeAt(Unit unit) {
        lock.lock();
        try {
            return unit.resumeAt.encode();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Stages what records became, together with the resume point behind them.
     *
     * @param skipped how many of them became nothing
     */
    void append(Unit unit, List<Staged> became, int skipped, ResumePoint behind) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (!closing && (stage.bytes() > STAGED_BYTES || !hasRoomFor(became))) {
                refuse(lastCall && (!hasRoomFor(became) || failure != null));
                progress.await();
            }
            refuse(closing);
            boolean committerIdles = stage.isEmpty();
            for (Staged one : became) {
                if (one.message() != null) {
                    stage.append(unit, one.message(), one.position());
                    room.addMessages(one.message().json().length);
                    int lane = lane(LaneHash.of(one.message().entity()));
                    lanes[lane] = lanes[lane].appended();
                    count(1, 1, 0);
                } else {
                    unit.dead++;
                    count(1, 0, 1);
                    bury(new Origin(unit.integration, unit.name, one.position()), one.refusal(), one.record(), false);
                }
                unit.read++;
            }
            unit.skipped += skipped;
            unit.resumeAt = behind;
            stage.touch(unit);
            // to wake it for each record would cost more than the record
            if (committerIdles || stage.bytes() >= GATHER_BYTES) {
                work.signal();
            }
        } finally {
            lock.unlock();
        }
    }

    private boolean hasRoomFor(List<Staged> became) {
        boolean hasLetters = became.stream().anyMatch(one -> one.message() == null);
        return room.hasForMessages() && (!hasLetters || room.hasForDeadLetters());
    }

    /** From now on a record is refused for which there is no room, or which cannot be written. */
    void letNoSourceWait() {
        lock.lock();
        try {
            lastCall = true;
            progress.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void count(int read, int pending, int deadLetters) {
        totals = new Totals(totals.read() + read, totals.pending() + pending, totals.deadLetters() + deadLetters);
    }

    private void bury(Origin origin, Refusal refusal, byte[] content, boolean isMessage) {
        room.addDeadLetters(stage.bury(origin, refusal, content, isMessage));
    }

    void flush() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            long mine = stage.isEmpty() ? generation - 1 : generation;
            waitingForFlush++;
            try {
                work.signal();
                while (flushed() < mine) {
                    refuse(closed || (lastCall && failure != null));
                    progress.await();
                }
            } finally {
                waitingForFlush--;
            }
        } finally {
            lock.unlock();
        }
    }

    void finish(String integration, String name) {
        lock.lock();
        try {
            Unit unit = units.find(integration, name);
            if (unit != null && unit.finishedAt == 0) {
                unit.finishedAt = clock.millis();
                unit.resumeAt = ResumePoint.NONE;
                stage.touch(unit);
                work.signal();
            }
        } finally {
            lock.unlock();
        }
    }

    // ---- delivery

    void settle(List<Settlement> done) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            refuse(closed);
            // all of them before the first is staged
            done.forEach(settlement -> settlement.message().requireMay(settlement.state()));
            boolean committerIdles = stage.isEmpty();
            for (Settlement settlement : done) {
                settle(settlement);
            }
            if (done.stream().allMatch(Settlement::isDelivery) && log.add(done)) {
                if (committerIdles) {
                    work.signal();
                }
            } else {
                awaitWritten();
            }
        } finally {
            lock.unlock();
        }
    }

    private void awaitWritten() throws InterruptedException {
        long mine = generation;
        waitingForWritten++;
        try {
            work.signal();
            while (written < mine) {
                refuse(closed);
                progress.await();
            }
        } finally {
            waitingForWritten--;
        }
    }

    private void settle(Settlement settlement) {
        PendingMessage message = settlement.message();
        message.to(settlement.state());
        stage.settled(settlement);
        Unit unit = units.get(message.unit);
        if (settlement.isDelivery()) {
            unit.delivered++;
        } else {
            unit.dead++;
            Origin origin = new Origin(unit.integration, unit.name, message.position());
            bury(origin, settlement.refusal(), message.json(), true);
        }
        stage.touch(unit);
        int lane = lane(message.hash);
        lanes[lane] = lanes[lane].settled(settlement.isDelivery());
        count(0, -1, settlement.isDelivery() ? 0 : 1);
        room.addMessages(-message.size());
    }

    /** Adds finished units that ended before {@code before} to one unit of their integration. */
    void rollUp(long before) {
        lock.lock();
        try {
            for (Unit unit : units.finishedBefore(before)) {
                Unit sum = units.of(unit.integration, LocalSpool.ROLLED_UP);
                sum.absorb(unit);
                sum.finishedAt = unit.finishedAt;
                units.remove(unit);
                stage.remove(unit);
                stage.touch(sum);
            }
            work.signal();
        } finally {
            lock.unlock();
        }
    }

    // ---- the committer

    /**
     * Waits for something to write and takes all of it.
     *
     * @return null when the spool is closing and all is written
     */
    Changes take() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (stage.isEmpty() && !syncWanted()) {
                if (closing && synced == written) {
                    return null;
                }
                if (synced == written) {
                    work.await();
                } else {
                    work.awaitNanos(lastSync + SYNC_NANOS - System.nanoTime());
                }
            }
            long gather = GATHER_NANOS;
            while (gather > 0 && nobodyWaits() && stage.bytes() < GATHER_BYTES) {
                gather = work.awaitNanos(gather);
            }
            return drain();
        } finally {
            lock.unlock();
        }
    }

    private Changes drain() {
        boolean sync = syncWanted();
        Changes changes = stage.drain();
        changes.sync = sync;
        changes.totals = totals;
        changes.loggedBefore = log.turn();
        changes.generation = generation++;
        return changes;
    }

    private boolean nobodyWaits() {
        return waitingForWritten == 0 && waitingForFlush == 0 && !closing;
    }

    /** Whether the next commit is to be synced, or what is written already if there is no next. */
    private boolean syncWanted() {
        boolean unsynced = synced < written || !stage.isEmpty();
        boolean due = System.nanoTime() - lastSync >= SYNC_NANOS;
        return unsynced && (due || closing || (syncMode == SyncMode.ALWAYS && waitingForFlush > 0));
    }

    /** The generation up to which a source may be acknowledged. */
    private long flushed() {
        return syncMode == SyncMode.ALWAYS ? synced : written;
    }

    void written(Changes changes) {
        lock.lock();
        try {
            failure = null;
            written = changes.generation;
            if (changes.sync) {
                synced = written;
                lastSync = System.nanoTime();
            }
            progress.signalAll();
        } finally {
            lock.unlock();
        }
    }

    void failed(String why) {
        lock.lock();
        try {
            failure = why;
            progress.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** No more records are taken; what is staged is still written. */
    void close() {
        lock.lock();
        try {
            closing = true;
            work.signalAll();
            progress.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Nothing will be written any more. */
    void closed() {
        lock.lock();
        try {
            closing = true;
            closed = true;
            progress.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** @return false when the spool is closing: no further try is wanted */
    boolean awaitRetry(Duration wait) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            for (long left = wait.toNanos(); left > 0 && !closing; ) {
                left = work.awaitNanos(left);
            }
            return !closing;
        } finally {
            lock.unlock();
        }
    }

    // ---- views

    String integration(PendingMessage message) {
        lock.lock();
        try {
            return units.get(message.unit).integration;
        } finally {
            lock.unlock();
        }
    }

    List<UnitCounts> counts(Predicate<Unit> which) {
        lock.lock();
        try {
            return units.counts(which);
        } finally {
            lock.unlock();
        }
    }

    /** Of one integration, or of all where that is null. */
    long deadLetters(String integration) {
        lock.lock();
        try {
            return integration == null ? totals.deadLetters() : units.deadLetters(integration);
        } finally {
            lock.unlock();
        }
    }

    List<LaneCounts> lanes() {
        lock.lock();
        try {
            return List.of(lanes);
        } finally {
            lock.unlock();
        }
    }

    SpoolStatus status() {
        lock.lock();
        try {
            return room.status(totals, failure);
        } finally {
            lock.unlock();
        }
    }

    private static void refuse(boolean isOver) {
        if (isOver) {
            throw new SpoolClosedException();
        }
    }
}

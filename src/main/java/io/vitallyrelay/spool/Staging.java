package io.vitallyrelay.spool;

import io.vitallyrelay.message.Message;
import io.vitallyrelay.message.Origin;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
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

    private final InstantSource clock;
    private final long maxBytes;
    private final SyncMode syncMode;

    private final Map<Long, Unit> units = new HashMap<>();
    private final Map<String, Unit> unitsByName = new HashMap<>();
    private long nextUnit;
    private long nextBlock;
    private long nextDeadLetter;
    private long pending;
    private long bytes;

    private BlockWriter open = new BlockWriter();
    private final Map<Long, byte[]> closedBlocks = new HashMap<>();
    private int stagedBytes;
    private final Set<Unit> touchedUnits = new LinkedHashSet<>();
    private final Set<Long> removedUnits = new HashSet<>();
    private final Map<Long, Block> touchedBlocks = new HashMap<>();
    private final List<DeadLetter> deadLetters = new ArrayList<>();
    private List<Settlement> settlements = new ArrayList<>();

    private long generation = 1;
    private long written;
    private long synced;
    private long lastSync = System.nanoTime();
    private int waitingForWritten;
    private int waitingForFlush;
    private String failure;
    private boolean closing;
    private boolean closed;

    Staging(InstantSource clock, long maxBytes, SyncMode syncMode) {
        this.clock = clock;
        this.maxBytes = maxBytes;
        this.syncMode = syncMode;
    }

    // ---- recovery, before anybody else is there

    void recover(Collection<Unit> stored, long lastBlock, long lastDeadLetter, long pendingMessages, long usedBytes) {
        for (Unit unit : stored) {
            units.put(unit.id, unit);
            unitsByName.put(key(unit.integration, unit.name), unit);
            nextUnit = Math.max(nextUnit, unit.id + 1);
        }
        nextBlock = lastBlock + 1;
        nextDeadLetter = lastDeadLetter + 1;
        pending = pendingMessages;
        bytes = usedBytes;
    }

    // ---- sources

    Unit unit(String integration, String name) {
        lock.lock();
        try {
            Unit unit = unitsByName.computeIfAbsent(key(integration, name), k -> {
                Unit created = new Unit(nextUnit++, integration, name);
                units.put(created.id, created);
                return created;
            });
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

    /** Stages what a record became, together with the resume point behind it. */
    void append(Unit unit, List<Staged> became, ResumePoint behind) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (!closing && (stagedBytes > STAGED_BYTES || bytes >= maxBytes)) {
                progress.await();
            }
            refuseWhenClosing();
            for (Staged one : became) {
                if (one.message() != null) {
                    appendMessage(unit, one.message(), one.position());
                } else {
                    unit.dead++;
                    bury(new Origin(unit.integration, unit.name, one.position()), one.refusal(), one.record(), false);
                }
                unit.read++;
            }
            if (became.isEmpty()) {
                unit.skipped++;
            }
            unit.resumeAt = behind;
            touchedUnits.add(unit);
            work.signal();
        } finally {
            lock.unlock();
        }
    }

    private void appendMessage(Unit unit, Message message, String position) {
        int size = message.json().length;
        open.add(unit.id, message, position);
        if (open.full()) {
            closeBlock();
        }
        stagedBytes += size;
        bytes += size;
        pending++;
    }

    private void closeBlock() {
        long key = nextBlock++;
        closedBlocks.put(key, open.close(key));
        open = new BlockWriter();
    }

    private void bury(Origin origin, Refusal refusal, byte[] content, boolean isMessage) {
        deadLetters.add(new DeadLetter(nextDeadLetter++, origin, refusal, clock.instant(), content, isMessage));
        bytes += content.length;
        stagedBytes += content.length;
    }

    void flush() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            long mine = nothingStaged() ? generation - 1 : generation;
            waitingForFlush++;
            try {
                work.signal();
                while (flushed() < mine) {
                    refuseWhenClosed();
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
            Unit unit = unitsByName.get(key(integration, name));
            if (unit != null && unit.finishedAt == 0) {
                unit.finishedAt = clock.millis();
                unit.resumeAt = ResumePoint.NONE;
                touchedUnits.add(unit);
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
            refuseWhenClosed();
            for (Settlement settlement : done) {
                settle(settlement);
            }
            long mine = generation;
            waitingForWritten++;
            try {
                work.signal();
                while (written < mine) {
                    refuseWhenClosed();
                    progress.await();
                }
            } finally {
                waitingForWritten--;
            }
        } finally {
            lock.unlock();
        }
    }

    private void settle(Settlement settlement) {
        PendingMessage message = settlement.message();
        if (message.block.settled.get(message.index)) {
            throw new IllegalArgumentException(
                    "settled twice: message " + message.index + " of block " + message.block.seq);
        }
        message.block.settled.set(message.index);
        touchedBlocks.put(message.block.seq, message.block);
        Unit unit = units.get(message.unit);
        if (settlement.refusal() == null) {
            unit.delivered++;
        } else {
            unit.dead++;
            Origin origin = new Origin(unit.integration, unit.name, message.position());
            bury(origin, settlement.refusal(), message.json(), true);
        }
        touchedUnits.add(unit);
        pending--;
        bytes -= message.size();
        settlements.add(settlement);
    }

    /** Adds finished units that ended before {@code before} to one unit of their integration. */
    void rollUp(long before) {
        lock.lock();
        try {
            List<Unit> old = units.values().stream()
                    .filter(unit -> unit.finishedAt != 0 && unit.finishedAt < before && unit.pending() == 0)
                    .filter(unit -> !unit.name.equals(LocalSpool.ROLLED_UP))
                    .toList();
            for (Unit unit : old) {
                Unit sum = unit(unit.integration, LocalSpool.ROLLED_UP);
                sum.absorb(unit);
                sum.finishedAt = unit.finishedAt;
                units.remove(unit.id);
                unitsByName.remove(key(unit.integration, unit.name));
                touchedUnits.remove(unit);
                touchedUnits.add(sum);
                removedUnits.add(unit.id);
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
            while (nothingStaged() && !syncWanted()) {
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
            while (gather > 0 && nobodyWaits() && stagedBytes < GATHER_BYTES) {
                gather = work.awaitNanos(gather);
            }
            return drain();
        } finally {
            lock.unlock();
        }
    }

    /** With the lock: everything staged, encoded, because what it is encoded from changes as soon as the lock is free. */
    private Changes drain() {
        Changes changes = new Changes();
        changes.sync = syncWanted();
        if (open.count() > 0) {
            closeBlock();
        }
        changes.blocks.putAll(closedBlocks);
        closedBlocks.clear();
        for (Block block : touchedBlocks.values()) {
            if (block.allSettled()) {
                changes.blocks.put(block.seq, null);
                changes.settled.put(block.seq, null);
            } else {
                changes.settled.put(block.seq, Sealed.seal(block.seq, block.settled.toByteArray()));
            }
        }
        touchedBlocks.clear();
        for (DeadLetter letter : deadLetters) {
            changes.deadLetters.put(letter.id(), Sealed.seal(letter.id(), letter.encode()));
        }
        deadLetters.clear();
        for (Unit unit : touchedUnits) {
            changes.units.put(unit.id, Sealed.seal(unit.id, unit.encode()));
        }
        touchedUnits.clear();
        for (Long id : removedUnits) {
            changes.units.put(id, null);
        }
        removedUnits.clear();
        changes.settlements.addAll(settlements);
        settlements = new ArrayList<>();
        changes.lastBlock = nextBlock - 1;
        changes.generation = generation++;
        stagedBytes = 0;
        return changes;
    }

    private boolean nobodyWaits() {
        return waitingForWritten == 0 && waitingForFlush == 0 && !closing;
    }

    /** Whether the next commit is to be synced, or what is written already if there is no next. */
    private boolean syncWanted() {
        boolean unsynced = synced < written || !nothingStaged();
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

    List<UnitCounts> counts(Predicate<Unit> which) {
        lock.lock();
        try {
            return units.values().stream().filter(which).map(Unit::counts).toList();
        } finally {
            lock.unlock();
        }
    }

    SpoolStatus status() {
        lock.lock();
        try {
            return new SpoolStatus(pending, bytes, maxBytes, failure);
        } finally {
            lock.unlock();
        }
    }

    private boolean nothingStaged() {
        return touchedUnits.isEmpty() && removedUnits.isEmpty();
    }

    private void refuseWhenClosing() {
        if (closing) {
            throw new SpoolClosedException();
        }
    }

    private void refuseWhenClosed() {
        if (closed) {
            throw new SpoolClosedException();
        }
    }

    private static String key(String integration, String name) {
        return integration + '\n' + name;
    }
}

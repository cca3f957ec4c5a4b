package io.vitallyrelay.spool.local;

import io.vitallyrelay.message.Message;
import io.vitallyrelay.message.Origin;
import io.vitallyrelay.spool.Content;
import io.vitallyrelay.spool.Counts;
import io.vitallyrelay.spool.DeadLetter;
import io.vitallyrelay.spool.DeadRecord;
import io.vitallyrelay.spool.Earlier;
import io.vitallyrelay.spool.FencedException;
import io.vitallyrelay.spool.IntegrationCounts;
import io.vitallyrelay.spool.LaneCounts;
import io.vitallyrelay.spool.Outcome;
import io.vitallyrelay.spool.Refusal;
import io.vitallyrelay.spool.ResumePoint;
import io.vitallyrelay.spool.SpoolClosedException;
import io.vitallyrelay.spool.SpoolStatus;
import io.vitallyrelay.spool.Subject;
import io.vitallyrelay.spool.UnitCounts;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongPredicate;

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

    /** A source that waits for room on the disk looks for it so often. */
    private static final long DISK_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

    private static final Counts ONE_DISCARDED = new Counts(0, 0, -1, 1, 0);
    private static final Counts ONE_LETTER = new Counts(1, 0, 1, 0, 0);

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
    private final LaneTallies lanes;
    private Totals totals = new Totals(0, 0, 0);

    private long generation = 1;
    private long written;
    private long synced;
    private long lastSync = System.nanoTime();
    /** Letters that leave, until their store knows. */
    private final Set<Long> leaving = new HashSet<>();

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
        this.lanes = new LaneTallies(lanes);
        this.room = room;
        this.syncMode = syncMode;
    }

    // ---- recovery, before anybody else is there

    void found(Dealt message) {
        lanes.appended(message.hash);
    }

    void recover(Collection<Unit> stored, long lastBlock, long lastDeadLetter, Instant lastDeadLetterAt, Totals found) {
        units.recover(stored);
        stage.recover(lastBlock, lastDeadLetter, lastDeadLetterAt);
        totals = found;
    }

    void recoverRoom(long messageBytes, long deadLetterBytes) {
        room.addMessages(messageBytes);
        room.addDeadLetters(deadLetterBytes);
    }

    /** What an earlier run delivered and did not commit is settled in the first commit, under which a new epoch begins. */
    void begin(List<Settlement> delivered, long epoch) {
        stage(delivered);
        lanes.opened();
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

    /** @param owner of the unit from now on; null where it has none */
    Unit unit(String integration, String name, Object owner) {
        lock.lock();
        try {
            Unit unit = units.of(integration, name);
            units.begin(unit);
            unit.owner = owner == null ? unit.owner : owner;
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
     * @param owner who the caller takes for the owner of the unit; null where it has none
     */
    void append(Unit unit, Object owner, List<Outcome> outcomes, ResumePoint behind) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            boolean hasLetters = outcomes.stream().anyMatch(Outcome.Dead.class::isInstance);
            while (!closing && (stage.bytes() > STAGED_BYTES || !hasRoom(hasLetters))) {
                refuse(lastCall && (!hasRoom(hasLetters) || failure != null));
                awaitRoom();
            }
            refuse(closing);
            if (owner != null && unit.owner != owner) {
                throw new FencedException("unit " + unit.name + " of " + unit.integration);
            }
            boolean committerIdles = stage.isEmpty();
            int messages = 0;
            int dead = 0;
            for (Outcome outcome : outcomes) {
                if (outcome instanceof Outcome.Appended appended) {
                    stage(unit, appended, List.of());
                    messages++;
                } else if (outcome instanceof Outcome.Dead record) {
                    bury(unit, record.record());
                    dead++;
                }
            }
            int skipped = outcomes.size() - messages - dead;
            units.add(unit, new Counts(messages + dead, 0, dead, 0, skipped));
            count(messages + dead, messages, dead);
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

    private void awaitRoom() throws InterruptedException {
        if (room.disk().isShort()) {
            progress.awaitNanos(DISK_NANOS);
            room.disk().look();
        } else {
            progress.await();
        }
    }

    private void stage(Unit unit, Outcome.Appended appended, List<Earlier> history) {
        Message message = appended.message();
        stage.append(unit, message, appended.position(), history);
        room.addMessages(message.json().length);
        lanes.appended(LaneHash.of(message.entity()));
    }

    private void bury(Unit unit, DeadRecord record) {
        Origin origin = new Origin(unit.integration, unit.name, StoredText.place(record.position()));
        bury(origin, new Refusal(record.code(), record.reason()), null, record.content(), List.of());
    }

    private boolean hasRoom(boolean forLetters) {
        return room.hasForMessages() && (!forLetters || room.hasForDeadLetters());
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

    private void bury(Origin origin, Refusal refusal, Subject subject, Content content, List<Earlier> history) {
        room.addDeadLetters(stage.bury(origin, refusal, subject, content, history));
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
                units.finish(unit, clock.millis());
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
            boolean committerIdles = stage.isEmpty();
            stage(done);
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

    private void stage(List<Settlement> done) {
        Unit unit = null;
        int delivered = 0;
        int dead = 0;
        for (Settlement settlement : done) {
            if (unit == null || unit.id != settlement.message().unit) {
                countSettled(unit, delivered, dead);
                unit = units.get(settlement.message().unit);
                delivered = 0;
                dead = 0;
            }
            if (settlement.isDelivery()) {
                delivered++;
            } else {
                dead++;
            }
            stage(unit, settlement);
        }
        countSettled(unit, delivered, dead);
    }

    private void countSettled(Unit unit, int delivered, int dead) {
        if (unit != null) {
            units.add(unit, new Counts(0, delivered, dead, 0, 0));
            count(0, -delivered - dead, dead);
            stage.touch(unit);
        }
    }

    private void stage(Unit unit, Settlement settlement) {
        Dealt message = settlement.message();
        stage.settled(message);
        if (!settlement.isDelivery()) {
            Origin origin = new Origin(unit.integration, unit.name, message.position());
            Content content = Content.message(message.json());
            bury(origin, settlement.refusal(), settlement.subject(), content, message.history());
        }
        lanes.settled(message.hash, settlement.isDelivery());
        room.addMessages(-message.size());
    }

    // ---- dead letters

    /**
     * A letter that leaves.
     *
     * @param bytes it takes in its store
     * @param messages what it becomes; none where it is discarded
     */
    record Leaving(DeadLetter letter, int bytes, List<Message> messages) {}

    /**
     * Takes letters out of their store, and returns when that is written.
     *
     * @param isThere whether the store of letters has that one
     * @return the ids of those that left; the others had left before
     */
    List<Long> remove(List<Leaving> letters, LongPredicate isThere) throws InterruptedException {
        boolean needsRoom = letters.stream().anyMatch(each -> !each.messages.isEmpty());
        lock.lockInterruptibly();
        try {
            while (!closing && needsRoom && (stage.bytes() > STAGED_BYTES || !room.hasForReplayed())) {
                refuse(lastCall);
                awaitRoom();
            }
            refuse(closing);
            List<Long> left = new ArrayList<>();
            for (Leaving each : letters) {
                long id = each.letter.id();
                if (!leaving.contains(id) && isThere.test(id)) {
                    remove(each);
                    left.add(id);
                }
            }
            if (!left.isEmpty()) {
                awaitWritten();
            }
            return left;
        } finally {
            lock.unlock();
        }
    }

    private void remove(Leaving leaves) {
        Origin origin = leaves.letter.origin();
        Unit unit = units.withLetterOf(origin.integration(), origin.unit());
        if (leaves.messages.isEmpty()) {
            units.add(unit, ONE_DISCARDED);
        } else {
            if (!unit.name.equals(origin.unit())) {
                stage.touch(unit);
                unit = units.unroll(unit, origin.unit(), ONE_LETTER, clock.millis());
            }
            List<Earlier> history = Earlier.historyOf(leaves.letter);
            for (Message message : leaves.messages) {
                stage(unit, new Outcome.Appended(message, origin.position()), history);
            }
            units.add(unit, new Counts(leaves.messages.size() - 1, 0, -1, 0, 0));
        }
        stage.touch(unit);
        stage.remove(leaves.letter.id());
        leaving.add(leaves.letter.id());
        room.addDeadLetters(-leaves.bytes);
        int pending = leaves.messages.size();
        count(Math.max(0, pending - 1), pending, -1);
    }

    /** What came and left is with the store of letters for good. */
    void followed(Collection<Long> letters) {
        lock.lock();
        try {
            stage.followed(letters);
        } finally {
            lock.unlock();
        }
    }

    /** Adds finished units that ended before {@code before} to one unit of their integration. */
    void rollUp(long before) {
        lock.lock();
        try {
            for (Unit unit : units.takeFinishedBefore(before)) {
                Unit sum = units.of(unit.integration, LocalSpool.ROLLED_UP);
                sum.absorb(unit);
                units.finish(sum, unit.finishedAt);
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
        room.disk().look();
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
        if (stage.hasGone()) {
            // the store of letters lets them go only where they cannot come back here
            return true;
        }
        boolean unsynced = synced < written || !stage.isEmpty();
        // what a commit freed is written over only once that commit is synced
        boolean due = System.nanoTime() - lastSync >= SYNC_NANOS || room.disk().isShort();
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
            leaving.removeAll(changes.goneLetters());
            if (changes.sync) {
                synced = written;
                lastSync = System.nanoTime();
            }
            progress.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Whether there is little room on the disk, as of the last commit. */
    boolean isDiskShort() {
        lock.lock();
        try {
            return room.disk().isShort();
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

    String integration(long unit) {
        lock.lock();
        try {
            return units.get(unit).integration;
        } finally {
            lock.unlock();
        }
    }

    List<UnitCounts> unfinished(String integration) {
        lock.lock();
        try {
            return units.unfinished(integration);
        } finally {
            lock.unlock();
        }
    }

    /** The next units behind that place, whatever they are; at most so many. */
    List<UnitCounts> units(String after, int most) {
        lock.lock();
        try {
            return units.after(after, most);
        } finally {
            lock.unlock();
        }
    }

    Counts counts() {
        lock.lock();
        try {
            return units.counts();
        } finally {
            lock.unlock();
        }
    }

    Counts counts(String integration) {
        lock.lock();
        try {
            return units.counts(integration);
        } finally {
            lock.unlock();
        }
    }

    List<IntegrationCounts> integrations() {
        lock.lock();
        try {
            return units.integrations();
        } finally {
            lock.unlock();
        }
    }

    List<LaneCounts> lanes() {
        lock.lock();
        try {
            return lanes.counts();
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

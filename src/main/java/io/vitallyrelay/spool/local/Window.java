package io.vitallyrelay.spool.local;

import io.vitallyrelay.spool.FencedException;
import io.vitallyrelay.spool.Settled;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongFunction;

/**
 * The part of the spool that is in memory: blocks are read in order while fewer than {@code maxBytes} of messages are
 * unsettled, and dealt to the lanes. Whatever the size of the spool, the window bounds the heap. Thread-safe.
 *
 * <p>A lane that does not settle can fill the window; the others then wait too. That is on purpose: one bound for all.
 */
final class Window {
    private static final int FRESH_BYTES = 2 * 1024 * 1024;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final List<DealtLane> lanes = new ArrayList<>();
    private final LongFunction<Block> blockFrom;
    private final long maxBytes;
    /** What was written last, so that lanes that keep up need not wait for the store to read it. */
    private final Map<Long, byte[]> fresh = new HashMap<>();

    private int freshBytes;

    private long unsettledBytes;
    private long nextBlock;
    private long lastBlock;
    private boolean closed;

    /**
     * Gives nothing before {@link #written} was called.
     *
     * @param blockFrom reads the first block at or behind a place in the store, null where there is none
     */
    Window(int lanes, long maxBytes, LongFunction<Block> blockFrom) {
        for (int i = 0; i < lanes; i++) {
            this.lanes.add(new DealtLane(i));
        }
        this.maxBytes = maxBytes;
        this.blockFrom = blockFrom;
    }

    /** Gives the lane to the one whose this is; what was polled and not settled comes again. */
    void open(int lane, Object owner) {
        lock.lock();
        try {
            lanes.get(lane).open(owner);
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** @throws FencedException when the lane is not the owner's any more */
    List<Dealt> poll(int number, Object owner, int max, Duration wait) throws InterruptedException {
        long left = wait.toNanos();
        DealtLane lane = lanes.get(number);
        lock.lockInterruptibly();
        try {
            lane.require(owner);
            while (lane.isEmpty() && !closed) {
                if (unsettledBytes < maxBytes && nextBlock <= lastBlock && deal()) {
                    continue;
                }
                if (left <= 0) {
                    return List.of();
                }
                left = changed.awaitNanos(left);
                lane.require(owner);
            }
            return closed ? List.of() : lane.poll(max);
        } finally {
            lock.unlock();
        }
    }

    /** Takes what was polled out of the lane for good, to be settled: all of it, or where that is not possible, nothing. */
    List<Settlement> settling(int number, Object owner, List<Settled> settled) {
        lock.lock();
        try {
            DealtLane lane = lanes.get(number);
            lane.require(owner);
            return lane.settling(settled);
        } finally {
            lock.unlock();
        }
    }

    /** Reads the next block. False when the store is not open: {@link #written} comes once it is again. */
    private boolean deal() {
        Block block;
        try {
            byte[] bytes = fresh.get(nextBlock);
            block = bytes == null ? blockFrom.apply(nextBlock) : new Block(nextBlock, bytes, new BitSet());
        } catch (UncheckedIOException e) {
            return false;
        }
        if (block == null) {
            nextBlock = lastBlock + 1;
            return true;
        }
        nextBlock = block.seq + 1;
        forget(block.seq);
        block.forEachPending(message -> {
            lanes.get(LaneHash.lane(message.hash, lanes.size())).add(message);
            unsettledBytes += message.size();
        });
        changed.signalAll();
        return true;
    }

    private void forget(long seq) {
        byte[] bytes = fresh.remove(seq);
        freshBytes -= bytes == null ? 0 : bytes.length;
    }

    /** A commit is written: its blocks can be read, what it settled leaves the window. */
    void written(Changes changes) {
        lock.lock();
        try {
            lastBlock = changes.lastBlock;
            unsettledBytes -= changes.settledBytes;
            changes.blocks.forEach(this::keepFresh);
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void keepFresh(long seq, byte[] bytes) {
        if (bytes != null && seq >= nextBlock && freshBytes + bytes.length <= FRESH_BYTES) {
            fresh.put(seq, bytes);
            freshBytes += bytes.length;
        }
    }

    void close() {
        lock.lock();
        try {
            closed = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }
}

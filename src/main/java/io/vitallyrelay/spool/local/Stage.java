package io.vitallyrelay.spool.local;

import io.vitallyrelay.message.Message;
import io.vitallyrelay.message.Origin;
import io.vitallyrelay.spool.Content;
import io.vitallyrelay.spool.DeadLetter;
import io.vitallyrelay.spool.Earlier;
import io.vitallyrelay.spool.Refusal;
import io.vitallyrelay.spool.Subject;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What was done since the last commit was taken, until {@link #drain} makes the next one of it. Guarded by {@link Staging}. */
final class Stage {
    private final InstantSource clock;
    private long nextBlock;
    private long nextDeadLetter;

    private final BlockWriter open = new BlockWriter();
    private final Map<Long, byte[]> closedBlocks = new HashMap<>();
    private final Set<Unit> touchedUnits = new LinkedHashSet<>();
    private final Set<Long> removedUnits = new HashSet<>();
    private final Map<Long, Block> touchedBlocks = new HashMap<>();
    private final Map<Long, byte[]> deadLetters = new HashMap<>();
    private final Set<Long> gone = new HashSet<>();
    /** Letters that came and left, of which the store need not know any more. */
    private final Set<Long> followed = new HashSet<>();

    private Instant lastDeath = Instant.MIN;
    /** The block in {@link #touchedBlocks} that was touched last: many messages of one block are settled together. */
    private Block lastTouched;
    /** Bytes of the messages that were settled. */
    private long settledBytes;

    private int bytes;
    private boolean first = true;

    Stage(InstantSource clock) {
        this.clock = clock;
    }

    void recover(long lastBlock, long lastDeadLetter, Instant lastDeadLetterAt) {
        nextBlock = lastBlock + 1;
        nextDeadLetter = lastDeadLetter + 1;
        lastDeath = lastDeadLetterAt;
    }

    boolean isEmpty() {
        return !first && touchedUnits.isEmpty() && removedUnits.isEmpty();
    }

    /** Bytes of messages and dead letters on the stage. */
    int bytes() {
        return bytes;
    }

    void touch(Unit unit) {
        touchedUnits.add(unit);
    }

    void remove(Unit unit) {
        touchedUnits.remove(unit);
        removedUnits.add(unit.id);
    }

    /** @param history what it was a dead letter for; empty where it never was one */
    void append(Unit unit, Message message, String position, List<Earlier> history) {
        open.add(
                unit.id, message, StoredText.place(position), history.isEmpty() ? null : StoredHistory.encode(history));
        bytes += message.json().length;
        if (open.full()) {
            closeBlock();
        }
    }

    private void closeBlock() {
        long key = nextBlock++;
        closedBlocks.put(key, open.close(key));
    }

    /** @return the bytes it takes */
    int bury(Origin origin, Refusal refusal, Subject subject, Content content, List<Earlier> history) {
        long id = nextDeadLetter++;
        Instant now = clock.instant();
        // letters are found by their time as if by their id, whatever is done to the clock
        lastDeath = now.isBefore(lastDeath) ? lastDeath : now;
        DeadLetter letter = new DeadLetter(id, origin, refusal, lastDeath, subject, content, history);
        byte[] sealed = Sealed.seal(id, StoredLetter.encode(letter));
        deadLetters.put(id, sealed);
        bytes += sealed.length;
        return sealed.length;
    }

    /** The letter leaves the store of letters. */
    void remove(long letter) {
        gone.add(letter);
    }

    /** What came and left is with the store of letters for good. */
    void followed(Collection<Long> letters) {
        followed.addAll(letters);
    }

    boolean hasGone() {
        return !gone.isEmpty();
    }

    void settled(Dealt message) {
        message.block.settled.set(message.index);
        if (message.block != lastTouched) {
            lastTouched = message.block;
            touchedBlocks.put(message.block.seq, message.block);
        }
        settledBytes += message.size();
    }

    /** Everything on the stage, encoded, because what it is encoded from changes as soon as the lock is free. */
    Changes drain() {
        Changes changes = new Changes();
        if (open.count() > 0) {
            closeBlock();
        }
        changes.blocks.putAll(closedBlocks);
        for (Block block : touchedBlocks.values()) {
            if (block.allSettled()) {
                changes.blocks.put(block.seq, null);
                changes.settled.put(block.seq, null);
            } else {
                changes.settled.put(block.seq, Sealed.seal(block.seq, block.settled.toByteArray()));
            }
        }
        for (Long id : followed) {
            changes.deadLetters.put(id, null);
            changes.gone.put(id, null);
        }
        changes.deadLetters.putAll(deadLetters);
        for (Long id : gone) {
            changes.gone.put(id, Sealed.seal(id, new byte[0]));
        }
        for (Unit unit : touchedUnits) {
            changes.units.put(unit.id, Sealed.seal(unit.id, unit.encode()));
        }
        for (Long id : removedUnits) {
            changes.units.put(id, null);
        }
        changes.settledBytes = settledBytes;
        changes.lastBlock = nextBlock - 1;
        changes.lastDeadLetter = nextDeadLetter - 1;
        changes.first = first;
        clear();
        return changes;
    }

    private void clear() {
        closedBlocks.clear();
        touchedBlocks.clear();
        deadLetters.clear();
        gone.clear();
        followed.clear();
        touchedUnits.clear();
        removedUnits.clear();
        lastTouched = null;
        settledBytes = 0;
        bytes = 0;
        first = false;
    }
}

package io.vitallyrelay.spool.local;

import io.vitallyrelay.spool.SpoolException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Reads the whole store once: checks each checksum, and the counts of the units against what is pending. What the log says was
 * delivered after the last commit is settled in the first one.
 */
record Recovery(Store store, LetterStore letters, SettlementLog log, Reserve reserve) {
    void into(Staging staging) {
        List<Unit> units = new ArrayList<>();
        store.readUnits(units::add);
        Map<Long, Long> pendingOf = new HashMap<>();
        long[] sums = new long[2];
        for (Block block = store.block(0); block != null; block = store.block(block.seq + 1)) {
            block.forEachPending(message -> {
                pendingOf.merge(message.unit, 1L, Long::sum);
                staging.found(message);
                sums[0]++;
                sums[1] += message.size();
            });
        }
        for (Unit unit : units) {
            Long found = pendingOf.remove(unit.id);
            if (unit.counts.pending() != (found == null ? 0 : found)) {
                throw store.damaged(
                        "unit " + unit.name + " of " + unit.integration + " has " + unit.counts.pending()
                                + " pending messages by its counts, " + (found == null ? 0 : found) + " in the store",
                        null);
            }
        }
        if (!pendingOf.isEmpty()) {
            throw store.damaged("there are messages of units that it does not know: " + pendingOf.keySet(), null);
        }
        long read = units.stream().mapToLong(unit -> unit.counts.read()).sum();
        letters.requireVersion(store.lettersSynced());
        Totals found = new Totals(read, sums[0], lettersToBe());
        store.requireTotals(found);
        bringLetters();
        forgetLetters();
        staging.recover(units, store.lastBlock(), letters.lastId(), letters.lastAt(), found);
        staging.recoverRoom(sums[1], letters.bytes());
        staging.begin(deliveredSinceLastCommit(), ThreadLocalRandom.current().nextLong());
    }

    /** How many letters there are once {@link #bringLetters} is through; until that is known to be right, none is touched. */
    private long lettersToBe() {
        long count = letters.sizeUpTo(store.lastDeadLetter());
        Set<Long> gone = new HashSet<>(store.goneLetters());
        for (Map<Long, byte[]> some = store.cameLetters(0); !some.isEmpty(); some = behind(some)) {
            for (Long id : some.keySet()) {
                count += letters.contains(id) || gone.remove(id) ? 0 : 1;
            }
        }
        return count - gone.stream().filter(letters::contains).count();
    }

    /** What came and left by the last commits, and up to format 2 all letters that there are. */
    private void bringLetters() {
        writing(() -> {
            letters.removeAbove(store.lastDeadLetter());
            for (Map<Long, byte[]> some = store.cameLetters(0); !some.isEmpty(); some = behind(some)) {
                letters.follow(some, List.of());
            }
            letters.follow(Map.of(), store.goneLetters());
            // else a loss of power could bring back what was removed, when the next commit has gone beyond its id
            letters.sync();
        });
    }

    private Map<Long, byte[]> behind(Map<Long, byte[]> letters) {
        return store.cameLetters(Collections.max(letters.keySet()));
    }

    private void forgetLetters() {
        writing(() -> store.forgetLetters(letters.lastId(), letters.syncedVersion()));
    }

    private interface Writing {
        void run() throws IOException;
    }

    private void writing(Writing what) {
        while (true) {
            try {
                if (!store.isOpen()) {
                    store.reopen();
                }
                what.run();
                return;
            } catch (IOException e) {
                if (!reserve.giveUp()) {
                    throw new SpoolException(e.getMessage(), e);
                }
            }
        }
    }

    private List<Settlement> deliveredSinceLastCommit() {
        Map<Long, Map<Integer, Dealt>> pending = new HashMap<>();
        List<Settlement> delivered = new ArrayList<>();
        store.logged()
                .ifPresent(mark -> log.read(mark, (seq, index) -> {
                    // a second record of the same message finds nothing
                    Dealt message =
                            pending.computeIfAbsent(seq, this::pendingIn).remove(index);
                    if (message != null) {
                        delivered.add(Settlement.of(message, null));
                    }
                }));
        return delivered;
    }

    /** By index; none where the block is gone, which all of it being settled means. */
    private Map<Integer, Dealt> pendingIn(long seq) {
        Map<Integer, Dealt> pending = new HashMap<>();
        Block block = store.block(seq);
        if (block != null && block.seq == seq) {
            block.forEachPending(message -> pending.put(message.index, message));
        }
        return pending;
    }
}

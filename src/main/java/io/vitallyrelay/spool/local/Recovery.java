package io.vitallyrelay.spool.local;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Reads the whole store once: checks each checksum, and the counts of the units against what is pending. What the log says was
 * delivered after the last commit is settled in the first one.
 */
record Recovery(Store store, DeadLetterReader letters, SettlementLog log) {
    void into(Staging staging) {
        List<Unit> units = new ArrayList<>();
        store.readUnits(units::add);
        Map<Long, Long> pendingOf = new HashMap<>();
        long[] sums = new long[5];
        for (Block block = store.block(0); block != null; block = store.block(block.seq + 1)) {
            block.forEachPending(message -> {
                pendingOf.merge(message.unit, 1L, Long::sum);
                staging.found(message);
                sums[0]++;
                sums[1] += message.size();
            });
        }
        letters.read(0, (letter, bytes) -> {
            sums[2] = letter.id();
            sums[3]++;
            sums[4] += bytes;
            return true;
        });
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
        Totals found = new Totals(read, sums[0], sums[3]);
        store.requireTotals(found);
        staging.recover(units, store.lastBlock(), sums[2], found);
        staging.recoverRoom(sums[1], sums[4]);
        staging.begin(deliveredSinceLastCommit(), ThreadLocalRandom.current().nextLong());
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

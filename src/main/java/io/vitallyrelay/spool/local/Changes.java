package io.vitallyrelay.spool.local;

import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * What one commit writes: all or nothing. Applying it twice does no harm, so that it can be written again after a failure.
 * A null value removes the key.
 */
final class Changes {
    final Map<Long, byte[]> blocks = new HashMap<>();
    final Map<Long, byte[]> settled = new HashMap<>();
    final Map<Long, byte[]> units = new HashMap<>();
    /** Letters on their way to the {@link LetterStore}, until that has them for good. */
    final Map<Long, byte[]> deadLetters = new HashMap<>();
    /** Letters that leave it, likewise. */
    final Map<Long, byte[]> gone = new HashMap<>();
    /** Bytes of the messages it settles: released from the window once this is written. */
    long settledBytes;

    /** What the store holds once this is written. */
    Totals totals;

    /** The highest id of the letters once this is written. */
    long lastDeadLetter;

    /** The version at which the {@link LetterStore} was synced last. */
    long lettersSynced;

    /** The last block of the store once this is written. */
    long lastBlock;

    /** What the {@link SettlementLog} says from here on is not part of this. */
    SettlementLog.Mark loggedBefore;

    /** The first of this run: written although nothing else is new. */
    boolean first;

    long generation;
    /** To be durable, not only written, before anybody is told. */
    boolean sync;

    /** The letters that came with it. */
    Map<Long, byte[]> cameLetters() {
        return withValue(deadLetters);
    }

    /** The ids of the letters that left with it. */
    Set<Long> goneLetters() {
        return withValue(gone).keySet();
    }

    private static Map<Long, byte[]> withValue(Map<Long, byte[]> map) {
        Map<Long, byte[]> with = new HashMap<>(map);
        with.values().removeIf(Objects::isNull);
        return with;
    }

    boolean isEmpty() {
        return !first && blocks.isEmpty() && settled.isEmpty() && units.isEmpty();
    }
}

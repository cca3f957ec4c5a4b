package io.vitallyrelay.spool.local;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What one commit writes: all or nothing. Applying it twice does no harm, so that it can be written again after a failure.
 * A null value removes the key.
 */
final class Changes {
    final Map<Long, byte[]> blocks = new HashMap<>();
    final Map<Long, byte[]> settled = new HashMap<>();
    final Map<Long, byte[]> units = new HashMap<>();
    final Map<Long, byte[]> deadLetters = new HashMap<>();
    /** Released from the window once this is written. */
    final List<Settlement> settlements = new ArrayList<>();
    /** What the store holds once this is written. */
    Totals totals;

    /** The last block of the store once this is written. */
    long lastBlock;

    /** What the {@link SettlementLog} says from here on is not part of this. */
    SettlementLog.Mark loggedBefore;

    /** The first of this run: written although nothing else is new. */
    boolean first;

    long generation;
    /** To be durable, not only written, before anybody is told. */
    boolean sync;

    boolean isEmpty() {
        return !first && blocks.isEmpty() && settled.isEmpty() && units.isEmpty() && deadLetters.isEmpty();
    }
}

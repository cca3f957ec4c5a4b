package io.vitallyrelay.bench;

import java.time.Duration;
import java.util.Arrays;
import java.util.BitSet;

/**
 * What the sink accepted since it was emptied last; messages with a number that is not of those expected are counted apart. Safe for
 * many threads.
 */
final class Tally {
    private final int expected;
    private final int[] highest = new int[Generate.ENTITIES];
    private final BitSet seen;
    private long requests;
    private long messages;
    private long distinct;
    private long others;
    private long othersDistinct;
    private long orderViolations;
    private int largestBatch;
    private long firstNanos;
    private long lastNanos;
    private Duration cpuBefore;

    Tally(int expected) {
        this.expected = expected;
        seen = new BitSet(expected);
        reset();
    }

    synchronized void reset() {
        Arrays.fill(highest, -1);
        seen.clear();
        requests = 0;
        messages = 0;
        distinct = 0;
        others = 0;
        othersDistinct = 0;
        orderViolations = 0;
        largestBatch = 0;
        cpuBefore = cpu();
    }

    /** Takes a batch whose request began at the given {@link System#nanoTime()}. */
    synchronized void add(Scan batch, long start) {
        requests++;
        long before = messages;
        largestBatch = Math.max(largestBatch, batch.messages);
        for (int i = 0; i < batch.messages; i++) {
            if (batch.ids[i] >= expected) {
                others++;
                othersDistinct += seen.get(batch.ids[i]) ? 0 : 1;
                seen.set(batch.ids[i]);
                continue;
            }
            messages++;
            if (seen.get(batch.ids[i])) {
                continue; // a repeat is no violation: the endpoint drops it by its messageId
            }
            seen.set(batch.ids[i]);
            distinct++;
            int entity = batch.entities[i];
            if (batch.sequences[i] < highest[entity]) {
                orderViolations++;
            } else {
                highest[entity] = batch.sequences[i];
            }
        }
        if (messages > before) {
            firstNanos = before == 0 ? start : firstNanos;
            lastNanos = System.nanoTime();
        }
    }

    synchronized long distinct() {
        return distinct;
    }

    /** What must not be: messages that are missing, came twice, or came after a later one of their entity. */
    synchronized String faults() {
        return (expected - distinct) + " missing, " + (messages - distinct) + " twice, " + orderViolations + " out of order";
    }

    synchronized String toJson() {
        return "{\"requests\":" + requests + ",\"messages\":" + messages + ",\"distinct\":" + distinct
                + ",\"duplicates\":" + (messages - distinct) + ",\"missing\":" + (expected - distinct)
                + ",\"others\":" + othersDistinct + ",\"othersTwice\":" + (others - othersDistinct)
                + ",\"orderViolations\":" + orderViolations + ",\"largestBatch\":" + largestBatch
                + ",\"firstMillis\":" + epochMillis(firstNanos) + ",\"lastMillis\":" + epochMillis(lastNanos)
                + ",\"sinkCpuMillis\":" + cpu().minus(cpuBefore).toMillis() + "}";
    }

    private static long epochMillis(long nanoTime) {
        return System.currentTimeMillis() - (System.nanoTime() - nanoTime) / 1_000_000;
    }

    private static Duration cpu() {
        return ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO);
    }
}

package io.vitallyrelay.sandbox;

import java.util.List;
import java.util.TreeMap;

/** Counts what comes in. Safe for many threads. */
final class Tally {
    private final TreeMap<Integer, Long> requestsByStatus = new TreeMap<>();
    private final DistinctIds distinct = new DistinctIds();
    private long messages;
    private long batches;
    private long fullBatches;
    private int largestBatch;

    synchronized void answered(int status) {
        requestsByStatus.merge(status, 1L, Long::sum);
    }

    synchronized void accepted(List<ReceivedMessage> batch) {
        batches++;
        messages += batch.size();
        largestBatch = Math.max(largestBatch, batch.size());
        if (batch.size() == BatchRules.MAX_MESSAGES) {
            fullBatches++;
        }
        for (ReceivedMessage message : batch) {
            if (message.messageId() != null) {
                distinct.add(message.messageId());
            }
        }
    }

    synchronized Counts counts() {
        return new Counts(
                new TreeMap<>(requestsByStatus), messages, distinct.size(), batches, fullBatches, largestBatch);
    }
}

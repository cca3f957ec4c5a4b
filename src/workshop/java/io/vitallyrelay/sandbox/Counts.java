package io.vitallyrelay.sandbox;

import java.util.SortedMap;

/**
 * What a sandbox has seen since it was started.
 *
 * @param requestsByStatus requests by the status of their answer; 0 is a connection closed without one
 * @param messages messages accepted, every repeat counted
 * @param distinct distinct messageIds accepted; messages without one do not count
 * @param batches batches accepted
 * @param fullBatches those of 100 messages
 * @param largestBatch messages of the largest accepted batch
 */
public record Counts(
        SortedMap<Integer, Long> requestsByStatus,
        long messages,
        long distinct,
        long batches,
        long fullBatches,
        int largestBatch) {}

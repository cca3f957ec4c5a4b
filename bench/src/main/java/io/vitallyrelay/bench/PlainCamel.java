package io.vitallyrelay.bench;

import org.apache.camel.processor.aggregate.MemoryAggregationRepository;

/** {@link LinesToBatches} in memory: it keeps nothing, and a crash or a refused batch loses messages. */
public final class PlainCamel {
    private PlainCamel() {}

    /** Arguments: the URL, the inbox folder, and the token. */
    public static void main(String[] args) throws Exception {
        new LinesToBatches(args[0], args[1], args[2], new MemoryAggregationRepository()).run();
    }
}

package io.vitallyrelay.delivery;

import io.vitallyrelay.spool.Pending;
import io.vitallyrelay.spool.TemporarySpool;
import java.io.IOException;
import java.util.List;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** What a message of a batch of 100 costs: to put it in its place, and to write it into the body. */
@State(Scope.Benchmark)
public class BatchBench {
    private static final int MESSAGES = 100;

    private TemporarySpool spool;
    private List<Pending> messages;

    @Setup
    public void take() throws IOException, InterruptedException {
        spool = new TemporarySpool();
        spool.append();
        messages = spool.batch();
    }

    @Benchmark
    @OperationsPerInvocation(MESSAGES)
    public List<Pending> order() {
        return BatchOrder.of(messages);
    }

    @Benchmark
    @OperationsPerInvocation(MESSAGES)
    public byte[] encode() {
        return Batch.body(messages);
    }

    @TearDown
    public void close() throws IOException {
        spool.close();
    }
}

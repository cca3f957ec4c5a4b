package io.vitallyrelay.spool;

import java.io.IOException;
import java.util.List;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * What the spool costs for a message: to append it (one flush for all), to read it, and to settle it in a batch of 100. The
 * other two are done before and after, outside the time; allocations of the spool's own thread count where they fall.
 */
public class SpoolBench {

    /** Before {@link #append}: nothing is in the spool. */
    @State(Scope.Thread)
    public static class Empty {
        TemporarySpool spool;

        @Setup
        public void open() throws IOException {
            spool = new TemporarySpool();
        }

        @TearDown(Level.Invocation)
        public void empty() throws InterruptedException {
            spool.settle(spool.read());
        }

        @TearDown
        public void close() throws IOException {
            spool.close();
        }
    }

    /** Before {@link #read}: all is appended. */
    @State(Scope.Thread)
    public static class Appended {
        TemporarySpool spool;
        List<List<Pending>> read;

        @Setup
        public void open() throws IOException {
            spool = new TemporarySpool();
        }

        @Setup(Level.Invocation)
        public void append() throws InterruptedException {
            spool.append();
        }

        @TearDown(Level.Invocation)
        public void settle() throws InterruptedException {
            spool.settle(read);
        }

        @TearDown
        public void close() throws IOException {
            spool.close();
        }
    }

    /** Before {@link #settle}: all is appended and taken. */
    @State(Scope.Thread)
    public static class Taken {
        TemporarySpool spool;
        List<List<Pending>> taken;

        @Setup
        public void open() throws IOException {
            spool = new TemporarySpool();
        }

        @Setup(Level.Invocation)
        public void take() throws InterruptedException {
            spool.append();
            taken = spool.read();
        }

        @TearDown
        public void close() throws IOException {
            spool.close();
        }
    }

    @Benchmark
    @OperationsPerInvocation(TemporarySpool.RECORDS)
    public void append(Empty state) throws InterruptedException {
        state.spool.append();
    }

    @Benchmark
    @OperationsPerInvocation(TemporarySpool.RECORDS)
    public void read(Appended state) throws InterruptedException {
        state.read = state.spool.read();
    }

    @Benchmark
    @OperationsPerInvocation(TemporarySpool.RECORDS)
    public void settle(Taken state) throws InterruptedException {
        state.spool.settle(state.taken);
    }
}

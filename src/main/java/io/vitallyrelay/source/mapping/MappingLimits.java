package io.vitallyrelay.source.mapping;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.function.Supplier;
import net.thisptr.jackson.jq.Function;
import net.thisptr.jackson.jq.Scope;
import net.thisptr.jackson.jq.internal.JsonQueryFunction;

/**
 * Bounds what one record's mapping takes: time, memory, depth, and the length of a text. A mapping runs in the thread of its
 * record, and all that can be repeated in it tells its {@link #step steps} here, so that nothing goes on behind the end.
 * Thread-safe.
 */
public final class MappingLimits {
    /** Characters of a text that a mapping makes, at most: far more than a message may have. */
    static final int TEXT = 16 * 1024 * 1024;

    /** Elements of an array or object that an operator makes, at most. */
    static final int ELEMENTS = 4 * 1024 * 1024;

    /** Looking at the clock for each step would cost more than the step. */
    private static final int STEPS_BETWEEN_LOOKS = 64;

    private static final long NOT_YET = -1;

    private static final ThreadMXBean THREADS = threads();

    private final Duration timeout;
    private final long bytes;
    private final ThreadLocal<Run> runs = ThreadLocal.withInitial(Run::new);

    /** What a thread maps at the moment. */
    private static final class Run {
        private boolean active;
        private int steps;
        private long end;
        private long allocated;
    }

    /**
     * @param timeout for one record
     * @param bytes that are allocated for one record, at most
     */
    public MappingLimits(Duration timeout, long bytes) {
        this.timeout = timeout;
        this.bytes = bytes;
    }

    /**
     * Counts the steps of the functions in the scope that can go on by themselves: those which are written in jq and may call
     * themselves, and {@code range}. Puts those in it that can be bounded in place of those that cannot.
     */
    public void bound(Scope root) {
        new BoundedRegex(this).addTo(root);
        ExactNumber.addTo(root);
        AsciiCase.addTo(root);
        Weaver weaver = new Weaver(this);
        root.getLocalFunctions().forEach((name, function) -> {
            weaver.weave(function);
            if (name.startsWith("range/")) {
                root.addFunction(name, each(function));
            } else if (function instanceof JsonQueryFunction) {
                root.addFunction(name, bounded(function));
            }
        });
    }

    private Function bounded(Function function) {
        return (scope, args, in, path, output, version) -> {
            step();
            function.apply(scope, args, in, path, output, version);
        };
    }

    /** Each value is a step: no other function of jackson-jq gives more values than it was given. */
    private Function each(Function function) {
        return (scope, args, in, path, output, version) -> {
            step();
            function.apply(
                    scope,
                    args,
                    in,
                    path,
                    (value, at) -> {
                        step();
                        output.emit(value, at);
                    },
                    version);
        };
    }

    /** Counts the steps of a compiled mapping. */
    public void count(Object mapping) {
        new Weaver(this).weave(mapping);
    }

    /**
     * Runs a mapping within the limits.
     *
     * @throws MappingLimitException when it comes to one of them
     */
    public <T> T within(Supplier<T> mapping) {
        Run run = runs.get();
        if (run.active) {
            return mapping.get();
        }
        run.active = true;
        run.end = System.nanoTime() + timeout.toNanos();
        run.steps = 0;
        run.allocated = NOT_YET;
        try {
            return mapping.get();
        } catch (StackOverflowError e) {
            throw new MappingLimitException("the mapping nests too deep for this record, or calls itself without end");
        } catch (OutOfMemoryError e) {
            throw outOfMemory();
        } finally {
            run.active = false;
        }
    }

    /** Something in a mapping is done once more. */
    void step() {
        Run run = runs.get();
        if (++run.steps % STEPS_BETWEEN_LOOKS == 0 && run.active) {
            look(run);
        }
    }

    private void look(Run run) {
        if (System.nanoTime() - run.end > 0) {
            throw outOfTime();
        }
        if (run.allocated == NOT_YET) {
            run.allocated = allocated();
        } else if (allocated() - run.allocated > bytes) {
            throw outOfMemory();
        }
    }

    /** Nanoseconds until the mapping has to end, at least 1. */
    long nanosLeft() {
        Run run = runs.get();
        return run.active ? Math.max(1, run.end - System.nanoTime()) : timeout.toNanos();
    }

    MappingLimitException outOfTime() {
        return new MappingLimitException(
                "the mapping takes longer than " + said(timeout) + " for this record (relay.mapping.timeout)");
    }

    private MappingLimitException outOfMemory() {
        return new MappingLimitException(
                "the mapping takes more memory for this record than " + bytes / (1024 * 1024) + " MiB");
    }

    private static String said(Duration timeout) {
        return timeout.toMillis() % 1000 == 0 ? timeout.toSeconds() + " s" : timeout.toMillis() + " ms";
    }

    private static long allocated() {
        return THREADS == null ? 0 : THREADS.getCurrentThreadAllocatedBytes();
    }

    /** Null where a Java machine does not count what a thread allocates: what is left is to run out of memory. */
    private static ThreadMXBean threads() {
        try {
            if (ManagementFactory.getThreadMXBean() instanceof ThreadMXBean threads
                    && threads.isThreadAllocatedMemorySupported()
                    && threads.getCurrentThreadAllocatedBytes() >= 0) {
                return threads;
            }
        } catch (UnsupportedOperationException | LinkageError e) {
            return null;
        }
        return null;
    }
}

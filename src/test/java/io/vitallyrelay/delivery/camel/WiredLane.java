package io.vitallyrelay.delivery.camel;

import io.vitallyrelay.TemporarySpool;
import io.vitallyrelay.delivery.camel.DeliveryRoute.Limits;
import io.vitallyrelay.delivery.camel.DeliveryRoute.Options;
import io.vitallyrelay.sandbox.Counts;
import io.vitallyrelay.sandbox.Sandbox;
import io.vitallyrelay.sandbox.SandboxSettings;
import io.vitallyrelay.spool.UnitCounts;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/** A spool with one lane, a sandbox, and a wire between them; batches have ten messages. */
final class WiredLane implements AutoCloseable {
    private static final Limits TEN = new Limits(10, Duration.ofHours(1), 500_000);

    private final Deque<AutoCloseable> open = new ArrayDeque<>();
    private final AtomicInteger attempts = new AtomicInteger();
    private final RecordsBatches batches = new RecordsBatches();
    private final TemporarySpool spool;
    private final Sandbox sandbox;
    private final Wire wire;

    WiredLane(Path folder) throws Exception {
        spool = open(new TemporarySpool(folder));
        sandbox =
                open(Sandbox.start(SandboxSettings.forToken(DeliveryRoute.TOKEN).withBehaviours(batches)));
        wire = open(new Wire(sandbox.url()));
    }

    Wire wire() {
        return wire;
    }

    /** Requests go to the wire. */
    void start(ClientOptions options) throws Exception {
        start(wire.url(), options);
    }

    void start(URI url, ClientOptions options) throws Exception {
        open(new DeliveryRoute(
                spool.spool(), url, Options.of(TEN).withClient(options).withNextPart(step -> exchange -> {
                    attempts.incrementAndGet();
                    step.process(exchange);
                })));
    }

    <T extends AutoCloseable> T open(T opened) {
        open.push(opened);
        return opened;
    }

    /** Messages {@code m<number>}. */
    void append(int from, int count) throws InterruptedException {
        String[] messages = new String[count];
        Arrays.setAll(
                messages,
                i -> "{\"type\":\"unlink\",\"messageId\":\"m" + (from + i)
                        + "\",\"timestamp\":\"2018-05-15T12:31:12.123Z\",\"userId\":\"u\",\"accountId\":\"a\"}");
        spool.append(messages);
    }

    static List<String> ids(int from, int count) {
        return IntStream.range(from, from + count).mapToObj(i -> "m" + i).toList();
    }

    /** The messageIds of the next request that comes to the sandbox. */
    List<String> nextBatch() throws InterruptedException {
        return batches.next();
    }

    /** Requests that were begun, whatever became of them. */
    int attempts() {
        return attempts.get();
    }

    Counts received() {
        return sandbox.counts();
    }

    UnitCounts counts() {
        return spool.units().get(0);
    }

    boolean isAllDelivered() {
        UnitCounts counts = counts();
        return counts.pending() == 0 && counts.delivered() == counts.read();
    }

    @Override
    public void close() throws Exception {
        while (!open.isEmpty()) {
            open.pop().close();
        }
    }
}

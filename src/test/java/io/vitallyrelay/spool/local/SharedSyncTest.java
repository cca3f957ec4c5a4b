package io.vitallyrelay.spool.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vitallyrelay.spool.Outcome;
import io.vitallyrelay.spool.ResumePoint;
import io.vitallyrelay.spool.SpoolClosedException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** How many syncs those cost who wait for one at the same time, as the consumers of a queue do. The test is the committer. */
@Timeout(60)
class SharedSyncTest {
    private static final int CONSUMERS = 16;

    @TempDir
    Path directory;

    private SettlementLog log;
    private Staging staging;
    private final List<Thread> consumers = new ArrayList<>();
    private final AtomicInteger acknowledged = new AtomicInteger();
    private int syncs;

    @BeforeEach
    void open() throws Exception {
        log = SettlementLog.open(directory);
        Disk disk = new Disk(directory, () -> Long.MAX_VALUE, new Reserve(directory, 0), 0);
        Room room = new Room(SpoolFixture.ROOMY, SpoolFixture.ROOMY, disk);
        staging = new Staging(log, InstantSource.system(), 1, room, SyncMode.ALWAYS);
        staging.begin(List.of(), 1);
        // that of the start
        finish(staging.take());
        syncs = 0;
    }

    @AfterEach
    void close() {
        staging.closed();
        log.close();
    }

    @Test
    void consumersThatWaitAtOnceShareOneSync() throws Exception {
        // Given one that waits for a sync, and others that come while it is under way
        startConsumers(1);
        Changes underWay = staging.take();
        startConsumers(CONSUMERS - 1);

        // When
        finish(underWay);
        finish(staging.take());

        // Then
        await().atMost(Duration.ofSeconds(20)).until(() -> acknowledged.get() == CONSUMERS);
        assertThat(syncs).isEqualTo(2);
    }

    /** Each appends a record and waits until it is durable. */
    private void startConsumers(int count) {
        for (int i = 0; i < count; i++) {
            Thread consumer = new Thread(this::consume, "consumer-" + consumers.size());
            consumer.setDaemon(true);
            consumers.add(consumer);
            consumer.start();
        }
        await("all of them wait")
                .until(() -> consumers.stream().allMatch(consumer -> consumer.getState() == Thread.State.WAITING));
    }

    private void consume() {
        try {
            Unit unit = staging.unit("users", "queue:" + Thread.currentThread().getName(), null);
            Outcome outcome = new Outcome.Appended(SpoolFixture.message("u", "{}"), "ID:1");
            staging.append(unit, null, List.of(outcome), ResumePoint.NONE);
            staging.flush();
            acknowledged.incrementAndGet();
        } catch (InterruptedException | SpoolClosedException e) {
            // it was not acknowledged
        }
    }

    private void finish(Changes changes) {
        syncs += changes.sync ? 1 : 0;
        staging.written(changes);
    }
}

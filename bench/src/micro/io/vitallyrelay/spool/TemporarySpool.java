package io.vitallyrelay.spool;

import io.vitallyrelay.message.Message;
import io.vitallyrelay.message.Messages;
import io.vitallyrelay.spool.local.LocalSpool;
import io.vitallyrelay.spool.local.SyncMode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** A spool of one lane in a folder that goes away with it. A file of the source is {@link #RECORDS} messages with one flush. */
public final class TemporarySpool implements AutoCloseable {
    static final int RECORDS = 10_000;

    private static final int BATCH = 100;
    /** Rows of a file come in groups of that many. */
    private static final int GROUP = 100;

    private static final long ROOMY = 4L << 30;

    private final Path folder = Files.createTempDirectory("relay-micro");
    private final LocalSpool spool = LocalSpool.open(
            new LocalSpool.Options(folder, 1, 8 << 20, ROOMY, ROOMY, SyncMode.ALWAYS, Duration.ofDays(7)),
            InstantSource.system());
    private final RecordIntake intake = new RecordIntake(spool.intake("bench", "file"));
    private final Lane lane = spool.lanes().open(0);
    private final List<Message> messages =
            IntStream.range(0, RECORDS).mapToObj(Messages::admitted).toList();

    public TemporarySpool() throws IOException {}

    public void append() throws InterruptedException {
        for (int i = 0; i < RECORDS; i++) {
            Message message = messages.get(i);
            intake.message(message, message.messageId());
            intake.recordDoneLater(ResumePoint.NONE);
            if ((i + 1) % GROUP == 0) {
                intake.appendDone();
            }
        }
        intake.flush();
    }

    public List<Pending> batch() throws InterruptedException {
        return lane.poll(BATCH, Duration.ofSeconds(1));
    }

    /** All that was appended, in batches. */
    List<List<Pending>> read() throws InterruptedException {
        List<List<Pending>> batches = new ArrayList<>(RECORDS / BATCH);
        for (int taken = 0; taken < RECORDS; taken += batches.get(batches.size() - 1).size()) {
            batches.add(batch());
        }
        return batches;
    }

    /** As if the endpoint had taken them all. */
    void settle(List<List<Pending>> batches) throws InterruptedException {
        for (List<Pending> batch : batches) {
            lane.settle(batch.stream().map(Settled::delivered).toList());
        }
    }

    @Override
    public void close() throws IOException {
        spool.close();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(folder);
    }
}

package io.vitallyrelay.spool;

import io.vitallyrelay.message.Message;
import io.vitallyrelay.message.Messages;
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

    private final Path folder = Files.createTempDirectory("relay-micro");
    private final LocalSpool spool = LocalSpool.open(
            new LocalSpool.Options(folder, 1, 8 << 20, 4L << 30, SyncMode.ALWAYS, Duration.ofDays(7)),
            InstantSource.system());
    private final Intake intake = spool.intake("bench", "file");
    private final List<Message> messages =
            IntStream.range(0, RECORDS).mapToObj(Messages::admitted).toList();

    public TemporarySpool() throws IOException {}

    public void append() throws InterruptedException {
        for (Message message : messages) {
            intake.message(message, message.messageId());
            intake.recordDone(ResumePoint.NONE);
        }
        intake.flush();
    }

    public List<PendingMessage> batch() throws InterruptedException {
        return spool.take(0, BATCH, Duration.ofSeconds(1));
    }

    /** All that was appended, in batches. */
    List<List<PendingMessage>> read() throws InterruptedException {
        List<List<PendingMessage>> batches = new ArrayList<>(RECORDS / BATCH);
        for (int taken = 0; taken < RECORDS; taken += batches.get(batches.size() - 1).size()) {
            batches.add(batch());
        }
        return batches;
    }

    /** As if the endpoint had taken them all. */
    void settle(List<List<PendingMessage>> batches) throws InterruptedException {
        for (List<PendingMessage> batch : batches) {
            batch.forEach(message -> message.to(MessageState.SENT));
            batch.forEach(message -> message.to(MessageState.ANSWERED));
            spool.settle(batch.stream().map(Settlement::delivered).toList());
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

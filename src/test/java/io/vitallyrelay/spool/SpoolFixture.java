package io.vitallyrelay.spool;

import io.vitallyrelay.message.Message;
import io.vitallyrelay.message.MessageType;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/** A spool in a folder, and what the tests of the spool put into it and take out of it. */
final class SpoolFixture implements AutoCloseable {
    static final long ROOMY = 64L * 1024 * 1024;
    static final Duration AT_ONCE = Duration.ZERO;
    static final Duration PATIENTLY = Duration.ofSeconds(20);

    final LocalSpool spool;

    SpoolFixture(Path directory) {
        this(directory, 1, ROOMY, ROOMY);
    }

    SpoolFixture(Path directory, int lanes, long windowBytes, long maxBytes) {
        this(directory, lanes, windowBytes, maxBytes, InstantSource.system());
    }

    /** With room for so many bytes of messages, and of dead letters. */
    static SpoolFixture ofRoom(Path directory, long maxBytes, long maxDeadLetterBytes) {
        return new SpoolFixture(new LocalSpool.Options(
                directory, 1, ROOMY, maxBytes, maxDeadLetterBytes, SyncMode.ALWAYS, Duration.ofDays(7)));
    }

    private SpoolFixture(LocalSpool.Options options) {
        spool = LocalSpool.open(options, InstantSource.system());
    }

    SpoolFixture(Path directory, int lanes, long windowBytes, long maxBytes, InstantSource clock) {
        spool = LocalSpool.open(
                new LocalSpool.Options(
                        directory, lanes, windowBytes, maxBytes, ROOMY, SyncMode.ALWAYS, Duration.ofDays(7)),
                clock);
    }

    static Message message(String entity, String content) {
        return new Message(MessageType.USER, content, entity, content.getBytes(StandardCharsets.UTF_8));
    }

    /** One record per content, each with the resume point "after &lt;content&gt;", flushed. */
    void append(String unit, String... contents) throws InterruptedException {
        Intake intake = spool.intake("accounts", unit);
        for (String content : contents) {
            intake.message(message(content, content), "line of " + content);
            intake.recordDone(() -> "after " + content);
        }
        intake.flush();
    }

    /** As if the endpoint had answered to them. */
    List<PendingMessage> takeAnswered(int count) throws InterruptedException {
        List<PendingMessage> taken = take(count);
        for (PendingMessage message : taken) {
            message.to(MessageState.SENT);
            message.to(MessageState.ANSWERED);
        }
        return taken;
    }

    List<PendingMessage> take(int count) throws InterruptedException {
        List<PendingMessage> taken = new ArrayList<>();
        while (taken.size() < count) {
            List<PendingMessage> some = spool.take(0, count - taken.size(), PATIENTLY);
            if (some.isEmpty()) {
                throw new AssertionError("only " + taken.size() + " of " + count + " came");
            }
            taken.addAll(some);
        }
        return taken;
    }

    static List<String> contents(List<PendingMessage> messages) {
        return messages.stream()
                .map(message -> new String(message.json(), StandardCharsets.UTF_8))
                .toList();
    }

    UnitCounts counts(String unit) {
        return spool.units().stream()
                .filter(counts -> counts.unit().equals(unit))
                .findFirst()
                .orElseThrow();
    }

    @Override
    public void close() {
        spool.close();
    }
}

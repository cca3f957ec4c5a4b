package io.vitallyrelay.spool.local;

import io.vitallyrelay.message.Message;
import io.vitallyrelay.message.MessageType;
import io.vitallyrelay.spool.DeadLetter;
import io.vitallyrelay.spool.DeadLetterFilter;
import io.vitallyrelay.spool.Lane;
import io.vitallyrelay.spool.Pending;
import io.vitallyrelay.spool.RecordIntake;
import io.vitallyrelay.spool.UnitCounts;
import io.vitallyrelay.spool.UnitFilter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;

/** A spool in a folder, and what the tests of the spool put into it and take out of it. */
final class SpoolFixture implements AutoCloseable {
    static final long ROOMY = 64L * 1024 * 1024;
    static final Duration AT_ONCE = Duration.ZERO;
    static final Duration PATIENTLY = Duration.ofSeconds(20);

    final LocalSpool spool;
    private Lane lane;

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

    /** On a disk that has so many bytes left. */
    static SpoolFixture onDisk(Path directory, LongSupplier usable) {
        return new SpoolFixture(
                new LocalSpool.Options(directory, 1, ROOMY, ROOMY, ROOMY, SyncMode.ALWAYS, Duration.ofDays(7)), usable);
    }

    /** With little room, which makes a small reserve. */
    static SpoolFixture on(StoreFiles files, Path directory) {
        return new SpoolFixture(LocalSpool.open(
                new LocalSpool.Options(directory, 1, ROOMY, 500_000, ROOMY, SyncMode.ALWAYS, Duration.ofDays(7)),
                InstantSource.system(),
                () -> Long.MAX_VALUE,
                files));
    }

    private SpoolFixture(LocalSpool spool) {
        this.spool = spool;
    }

    private SpoolFixture(LocalSpool.Options options) {
        this(options, () -> Long.MAX_VALUE);
    }

    private SpoolFixture(LocalSpool.Options options, LongSupplier usable) {
        spool = LocalSpool.open(options, InstantSource.system(), usable, StoreFiles.LOCAL);
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
        RecordIntake intake = intake("accounts", unit);
        for (String content : contents) {
            intake.message(message(content, content), "line of " + content);
            intake.recordDone(() -> "after " + content);
        }
        intake.flush();
    }

    RecordIntake intake(String integration, String unit) {
        return new RecordIntake(spool.intake(integration, unit));
    }

    /** The first one, opened once. */
    Lane lane() {
        if (lane == null) {
            lane = spool.lanes().open(0);
        }
        return lane;
    }

    List<UnitCounts> units() {
        return spool.ledger().units(UnitFilter.ALL, null, Integer.MAX_VALUE).units();
    }

    List<DeadLetter> letters() {
        return spool.deadLetters()
                .page(DeadLetterFilter.ALL, 0, Integer.MAX_VALUE)
                .letters();
    }

    List<Pending> take(int count) throws InterruptedException {
        List<Pending> taken = new ArrayList<>();
        while (taken.size() < count) {
            List<Pending> some = lane().poll(count - taken.size(), PATIENTLY);
            if (some.isEmpty()) {
                throw new AssertionError("only " + taken.size() + " of " + count + " came");
            }
            taken.addAll(some);
        }
        return taken;
    }

    static List<String> contents(List<Pending> messages) {
        return messages.stream()
                .map(message -> new String(message.json(), StandardCharsets.UTF_8))
                .toList();
    }

    UnitCounts counts(String unit) {
        return units().stream()
                .filter(counts -> counts.unit().equals(unit))
                .findFirst()
                .orElseThrow();
    }

    @Override
    public void close() {
        spool.close();
    }
}

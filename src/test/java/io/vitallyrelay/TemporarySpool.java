package io.vitallyrelay;

import io.vitallyrelay.message.Message;
import io.vitallyrelay.message.MessageType;
import io.vitallyrelay.spool.DeadLetter;
import io.vitallyrelay.spool.DeadLetterFilter;
import io.vitallyrelay.spool.Lane;
import io.vitallyrelay.spool.Pending;
import io.vitallyrelay.spool.RecordIntake;
import io.vitallyrelay.spool.Spool;
import io.vitallyrelay.spool.UnitCounts;
import io.vitallyrelay.spool.UnitFilter;
import io.vitallyrelay.spool.local.LocalSpool;
import io.vitallyrelay.spool.local.SyncMode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A real spool, usually of one lane, in a temporary folder, for the tests of those who use one. */
public final class TemporarySpool implements AutoCloseable {
    private static final long ROOMY = 64L * 1024 * 1024;
    private static final Duration PATIENTLY = Duration.ofSeconds(20);

    private final LocalSpool spool;
    private final Path folder;
    private Lane lane;

    public TemporarySpool(Path folder) {
        this(folder, 1, ROOMY);
    }

    /** @param windowBytes bytes of unsettled messages that it gives at most */
    public TemporarySpool(Path folder, long windowBytes) {
        this(folder, 1, windowBytes);
    }

    /** A roomy one of several lanes. */
    public static TemporarySpool ofLanes(int lanes, Path folder) {
        return new TemporarySpool(folder, lanes, ROOMY);
    }

    /** With room for so many bytes of messages, and of dead letters. */
    public static TemporarySpool ofRoom(Path folder, long maxBytes, long maxDeadLetterBytes) {
        return new TemporarySpool(folder, 1, ROOMY, maxBytes, maxDeadLetterBytes);
    }

    private TemporarySpool(Path folder, int lanes, long windowBytes) {
        this(folder, lanes, windowBytes, ROOMY, ROOMY);
    }

    private TemporarySpool(Path folder, int lanes, long windowBytes, long maxBytes, long maxDeadLetterBytes) {
        this.folder = folder;
        spool = LocalSpool.open(
                new LocalSpool.Options(
                        folder,
                        lanes,
                        windowBytes,
                        maxBytes,
                        maxDeadLetterBytes,
                        SyncMode.INTERVAL,
                        Duration.ofDays(7)),
                InstantSource.system());
    }

    public Spool spool() {
        return spool;
    }

    /** The first one, opened once. */
    public Lane lane() {
        if (lane == null) {
            lane = spool.lanes().open(0);
        }
        return lane;
    }

    /** The counts of all units. */
    public List<UnitCounts> units() {
        return spool.ledger().units(UnitFilter.ALL, null, Integer.MAX_VALUE).units();
    }

    public Path folder() {
        return folder;
    }

    /** One record for each message. */
    public void append(String... messages) throws InterruptedException {
        append(MessageType.USER, "user:1", messages);
    }

    /** One record for each message; all are about one entity. */
    public void append(MessageType type, String entity, String... messages) throws InterruptedException {
        RecordIntake intake = new RecordIntake(spool.intake("accounts", "file"));
        for (String json : messages) {
            intake.message(new Message(type, "id", entity, json.getBytes(StandardCharsets.UTF_8)), "line 1");
            intake.recordDone(() -> "");
        }
        intake.flush();
    }

    public List<Pending> take(int count) throws InterruptedException {
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

    /** All that is pending and was not taken yet. */
    public List<String> rest() throws InterruptedException {
        List<String> rest = new ArrayList<>();
        for (List<Pending> some = next(); !some.isEmpty(); some = next()) {
            rest.addAll(texts(some));
        }
        return rest;
    }

    private List<Pending> next() throws InterruptedException {
        return lane().poll(1000, Duration.ZERO);
    }

    public List<DeadLetter> deadLetters() {
        return spool.deadLetters()
                .page(DeadLetterFilter.ALL, 0, Integer.MAX_VALUE)
                .letters();
    }

    public static List<String> texts(List<Pending> messages) {
        return messages.stream()
                .map(message -> new String(message.json(), StandardCharsets.UTF_8))
                .toList();
    }

    /** {@code {"n":from}} and so on. */
    public static String[] numbered(int from, int count) {
        String[] messages = new String[count];
        Arrays.setAll(messages, i -> "{\"n\":" + (from + i) + "}");
        return messages;
    }

    @Override
    public void close() {
        spool.close();
    }
}

import io.vitallyrelay.message.Message;
import io.vitallyrelay.message.MessageType;
import io.vitallyrelay.spool.Content;
import io.vitallyrelay.spool.DeadLetterCode;
import io.vitallyrelay.spool.DeadRecord;
import io.vitallyrelay.spool.Lane;
import io.vitallyrelay.spool.Pending;
import io.vitallyrelay.spool.RecordIntake;
import io.vitallyrelay.spool.Refusal;
import io.vitallyrelay.spool.ResumePoint;
import io.vitallyrelay.spool.Settled;
import io.vitallyrelay.spool.local.LocalSpool;
import io.vitallyrelay.spool.local.SyncMode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;

/**
 * Makes a spool with dead letters of ten integrations, five reasons each, and behind them with messages that the endpoint refused.
 * Run from its source, with the classes of the packaged service. Arguments: its folder, how many letters, bytes of each, how many
 * of them are messages, and the number of the first of these.
 */
public final class FillLetters {
    private static final int INTEGRATIONS = 10;
    private static final DeadLetterCode[] CODES = {
        DeadLetterCode.CONTRACT, DeadLetterCode.MAPPING, DeadLetterCode.MALFORMED, DeadLetterCode.TOO_LARGE
    };
    /** What {@code Reader} asks for. */
    private static final String[] FIELDS = {"name", "email", "plan", "seats", "renewal"};

    private static final long ROOMY = 1L << 40;
    private static final int AT_ONCE = 1000;
    /** As the sink knows them. */
    private static final String ID_PREFIX = "bench-";
    private static final int LANES = 8;
    private static final int ENTITIES = 10_000;
    private static final Refusal REFUSAL = new Refusal(
            DeadLetterCode.REFUSED, "refused by the endpoint with status 400", 400, "{\"error\":\"no\"}", 1, null);

    private FillLetters() {}

    public static void main(String... arguments) throws Exception {
        int letters = Integer.parseInt(arguments[1]);
        int bytes = Integer.parseInt(arguments[2]);
        int messages = Integer.parseInt(arguments[3]);
        LocalSpool.Options options = new LocalSpool.Options(
                Path.of(arguments[0]), 8, 8 << 20, ROOMY, ROOMY, SyncMode.INTERVAL, Duration.ofDays(7));
        try (LocalSpool spool = LocalSpool.open(options, InstantSource.system())) {
            RecordIntake[] intakes = new RecordIntake[INTEGRATIONS];
            for (int i = 0; i < INTEGRATIONS; i++) {
                intakes[i] = new RecordIntake(spool.intake("integration-" + i, "file"));
            }
            for (int i = 0; i < letters - messages; i++) {
                RecordIntake intake = intakes[i % INTEGRATIONS];
                int reason = i / INTEGRATIONS % FIELDS.length;
                String record = "{\"id\":" + i + ",\"text\":\"";
                byte[] json = (record + "x".repeat(Math.max(0, bytes - record.length() - 2)) + "\"}")
                        .getBytes(StandardCharsets.US_ASCII);
                intake.dead(new DeadRecord(
                        "line " + i,
                        CODES[reason % CODES.length],
                        FIELDS[reason] + ": must not be blank, got \"" + i % 1000 + "\"",
                        Content.record(json)));
                intake.recordDone(ResumePoint.NONE);
                if (i % AT_ONCE == AT_ONCE - 1) {
                    intake.flush();
                }
            }
            for (RecordIntake intake : intakes) {
                intake.flush();
            }
            refuse(spool, messages, Integer.parseInt(arguments[4]), bytes);
        }
    }

    private static void refuse(LocalSpool spool, int messages, int first, int bytes) throws InterruptedException {
        Lane[] lanes = new Lane[LANES];
        for (int i = 0; i < LANES; i++) {
            lanes[i] = spool.lanes().open(i);
        }
        RecordIntake intake = new RecordIntake(spool.intake("messages", "refused"));
        for (int done = 0; done < messages; done += AT_ONCE) {
            int some = Math.min(AT_ONCE, messages - done);
            for (int i = done; i < done + some; i++) {
                intake.message(message(first + i, i % ENTITIES, i / ENTITIES, bytes), "line " + i);
                intake.recordDone(ResumePoint.NONE);
            }
            intake.flush();
            int settled = 0;
            while (settled < some) {
                for (Lane lane : lanes) {
                    List<Pending> taken = lane.poll(AT_ONCE, Duration.ofMillis(1));
                    lane.settle(taken.stream()
                            .map(message -> Settled.dead(message, REFUSAL))
                            .toList());
                    settled += taken.size();
                }
            }
        }
    }

    /** As {@code Generate} makes them, for the sink. */
    private static Message message(int number, int entity, int sequence, int bytes) {
        String user = "user-" + entity;
        String id = ID_PREFIX + "%010d".formatted(number);
        String json = "{\"type\":\"user\",\"userId\":\"" + user + "\",\"accountId\":\"a\",\"messageId\":\"" + id
                + "\",\"traits\":{\"entity\":" + entity + ",\"seq\":" + sequence + ",\"text\":\"";
        String padded = json + "x".repeat(Math.max(0, bytes - json.length() - 3)) + "\"}}";
        return new Message(MessageType.USER, id, "user:" + user, padded.getBytes(StandardCharsets.US_ASCII));
    }
}

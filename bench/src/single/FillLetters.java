import io.vitallyrelay.spool.Content;
import io.vitallyrelay.spool.DeadLetterCode;
import io.vitallyrelay.spool.DeadRecord;
import io.vitallyrelay.spool.RecordIntake;
import io.vitallyrelay.spool.ResumePoint;
import io.vitallyrelay.spool.local.LocalSpool;
import io.vitallyrelay.spool.local.SyncMode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;

/**
 * Makes a spool with dead letters of ten integrations, five reasons each. Run from its source, with the classes of the packaged
 * service. Arguments: its folder, how many, bytes of each record.
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

    private FillLetters() {}

    public static void main(String... arguments) throws Exception {
        int letters = Integer.parseInt(arguments[1]);
        int bytes = Integer.parseInt(arguments[2]);
        LocalSpool.Options options = new LocalSpool.Options(
                Path.of(arguments[0]), 8, 8 << 20, ROOMY, ROOMY, SyncMode.INTERVAL, Duration.ofDays(7));
        try (LocalSpool spool = LocalSpool.open(options, InstantSource.system())) {
            RecordIntake[] intakes = new RecordIntake[INTEGRATIONS];
            for (int i = 0; i < INTEGRATIONS; i++) {
                intakes[i] = new RecordIntake(spool.intake("integration-" + i, "file"));
            }
            for (int i = 0; i < letters; i++) {
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
        }
    }
}

import io.vitallyrelay.message.Message;
import io.vitallyrelay.message.MessageType;
import io.vitallyrelay.message.Origin;
import io.vitallyrelay.source.SingleRecord;
import io.vitallyrelay.spool.local.LocalSpool;
import io.vitallyrelay.spool.local.SyncMode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * What it costs that a record which comes by itself, as from a queue, is durable before its source goes on: some threads spool
 * one record after the other for some seconds. Run from its source, with the classes of the packaged service.
 */
public final class SingleRecords {
    private static final long WARM_UP = 1_000_000_000L;
    private static final long MEASURED = 4_000_000_000L;
    private static final String PADDING = "x".repeat(100);

    private SingleRecords() {}

    /** Arguments: an empty folder, always or interval, threads. Prints records a second, median and 99th percentile in us. */
    public static void main(String... arguments) throws Exception {
        SyncMode mode = SyncMode.valueOf(arguments[1].toUpperCase(Locale.ROOT));
        int threads = Integer.parseInt(arguments[2]);
        LocalSpool.Options options = new LocalSpool.Options(
                Path.of(arguments[0]), 4, 8 << 20, 4L << 30, 4L << 30, mode, Duration.ofDays(7));
        try (LocalSpool spool = LocalSpool.open(options, InstantSource.system())) {
            long from = System.nanoTime() + WARM_UP;
            List<Source> sources = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                sources.add(new Source(spool, i, from));
            }
            sources.forEach(Thread::start);
            for (Source source : sources) {
                source.join();
            }
            long[] waits = sources.stream()
                    .flatMapToLong(source -> Arrays.stream(source.waits, 0, source.count))
                    .sorted()
                    .toArray();
            System.out.printf(
                    "%d %d %d%n",
                    waits.length * 1_000_000_000L / MEASURED,
                    waits[waits.length / 2] / 1000,
                    waits[(int) (waits.length * 0.99)] / 1000);
        }
    }

    /** One consumer of the queue. */
    private static final class Source extends Thread {
        private final LocalSpool spool;
        private final int number;
        private final long from;
        private long[] waits = new long[1024];
        private int count;

        Source(LocalSpool spool, int number, long from) {
            this.spool = spool;
            this.number = number;
            this.from = from;
        }

        @Override
        public void run() {
            try {
                long now = System.nanoTime();
                for (long i = 0; now - from < MEASURED; i++) {
                    String id = number + "-" + i;
                    byte[] json = ("{\"type\":\"track\",\"event\":\"e\",\"messageId\":\"" + id + "\",\"userId\":\"u" + i % 1000
                                    + "\",\"properties\":{\"padding\":\"" + PADDING + "\"}}")
                            .getBytes(StandardCharsets.UTF_8);
                    SingleRecord record = new SingleRecord(spool, new Origin("bench", "queue", id), json);
                    record.intake().message(new Message(MessageType.TRACK, id, "user:" + i % 1000, json), id);
                    record.done();
                    long done = System.nanoTime();
                    if (done > from) {
                        keep(done - now);
                    }
                    now = done;
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        private void keep(long wait) {
            if (count == waits.length) {
                waits = Arrays.copyOf(waits, count * 2);
            }
            waits[count++] = wait;
        }
    }
}

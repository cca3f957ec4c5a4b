package io.vitallyrelay.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/**
 * One row of {@code bench/rate}: the packaged service against a {@link RateLimitedEndpoint}. Arguments: the service's folder,
 * an empty folder to work in, the number of messages, lanes, the second at which the limit halves ({@code never}), how it is
 * counted ({@code second} or {@code bucket}), and what {@code Retry-After} says ({@code none}).
 */
public final class Rate {
    private static final int ALLOWED = 20;
    private static final int LATENCY_MILLIS = 200;
    /** It has so many seconds to find the rate. */
    private static final int FINDING = 10;
    /** So much more is fed that no lane runs dry before the end of what is measured. */
    private static final int MORE = 10_000;
    /** Seconds without a new message until the service counts as stuck. */
    private static final int PATIENCE = 60;

    private Rate() {}

    public static void main(String[] args) throws Exception {
        int messages = Integer.parseInt(args[2]);
        double halvesAt = args[4].equals("never") ? Double.POSITIVE_INFINITY : Double.parseDouble(args[4]);
        RateLimit limit = new RateLimit(ALLOWED, halvesAt, args[5].equals("bucket"));
        Tally tally = new Tally(messages + MORE);
        try (RateLimitedEndpoint endpoint =
                new RateLimitedEndpoint(LATENCY_MILLIS, limit, args[6].equals("none") ? "" : args[6], tally)) {
            run(Path.of(args[0]), Path.of(args[1]), messages + MORE, args[3], endpoint.url(), tally);
            print(args, endpoint, endpoint.secondOf(messages), tally);
        }
    }

    private static void run(Path service, Path work, int messages, String lanes, String url, Tally tally)
            throws IOException, InterruptedException {
        Path inbox = Files.createDirectories(work.resolve("data/inbox/messages"));
        Path input = work.resolve("input.jsonl");
        Generate.main(new String[] {input.toString(), Integer.toString(messages)});
        Files.move(input, inbox.resolve("input.jsonl"));
        ProcessBuilder builder = new ProcessBuilder("java", "-Xmx128m", "-jar", "target/quarkus-app/quarkus-run.jar")
                .directory(service.toFile())
                .redirectErrorStream(true)
                .redirectOutput(work.resolve("log").toFile());
        builder.environment().put("VITALLY_URL", url);
        builder.environment().put("VITALLY_TOKEN", "bench-token");
        builder.environment().put("VITALLY_LANES", lanes);
        builder.environment().put("RELAY_DATA", work.resolve("data").toString());
        builder.environment().put("QUARKUS_HTTP_PORT", "0");
        Process relay = builder.start();
        Runtime.getRuntime().addShutdownHook(new Thread(relay::destroyForcibly));
        try {
            awaitAll(messages, tally, relay);
        } finally {
            relay.destroy();
            relay.waitFor();
        }
    }

    private static void awaitAll(int messages, Tally tally, Process relay) throws InterruptedException {
        long last = 0;
        long since = System.nanoTime();
        while (tally.distinct() < messages && relay.isAlive() && System.nanoTime() - since < PATIENCE * 1e9) {
            Thread.sleep(100);
            if (tally.distinct() > last) {
                last = tally.distinct();
                since = System.nanoTime();
            }
        }
    }

    /** @param end the second in which the last of the messages came that are measured */
    private static void print(String[] args, RateLimitedEndpoint endpoint, int end, Tally tally) {
        System.out.printf(
                Locale.ROOT,
                "| %s | %s | %s | %s | %d | %.1f %% | %s | %.1f %% | %s |%n",
                args[3],
                args[4],
                args[5],
                args[6],
                end,
                100 * endpoint.share(FINDING, end),
                args[4].equals("never") ? "" : halves(endpoint, Integer.parseInt(args[4]), end),
                100 * endpoint.refused(end),
                tally.faults());
    }

    /** Before the limit halves, and after it, with time to find the new one. */
    private static String halves(RateLimitedEndpoint endpoint, int halvesAt, int end) {
        int found = halvesAt + FINDING;
        return String.format(
                Locale.ROOT,
                "%.1f %%, %.1f %%",
                100 * endpoint.share(FINDING, halvesAt),
                100 * endpoint.share(found, end));
    }
}

package io.vitallyrelay.bench;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Executors;

/**
 * An endpoint on 127.0.0.1 that takes its time for each answer, and refuses with 429 what is beyond its limit. Knows how much it
 * took and refused in each second since the first request.
 */
final class RateLimitedEndpoint implements AutoCloseable {
    private static final int LONGEST = 3600;
    private static final int BATCH = 100;

    private final long latencyMillis;
    private final RateLimit limit;
    private final String retryAfter;
    private final Tally tally;
    private final HttpServer server;
    private final int[] taken = new int[LONGEST];
    private final int[] messagesTaken = new int[LONGEST];
    private final int[] refused = new int[LONGEST];
    private long first;
    private int lastSecond = -1;

    /** @param retryAfter the header of a refusal; empty for none */
    RateLimitedEndpoint(long latencyMillis, RateLimit limit, String retryAfter, Tally tally) throws IOException {
        this.latencyMillis = latencyMillis;
        this.limit = limit;
        this.retryAfter = retryAfter;
        this.tally = tally;
        System.setProperty("sun.net.httpserver.nodelay", "true"); // else 40 ms an answer
        server = HttpServer.create(new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), 0), 128);
        server.createContext("/", this::answer);
        server.setExecutor(Executors.newCachedThreadPool(task -> {
            Thread thread = new Thread(task, "endpoint");
            thread.setDaemon(true);
            return thread;
        }));
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/analytics/v1/batch";
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] body = exchange.getRequestBody().readAllBytes();
            boolean allowed = allows(body);
            Thread.sleep(latencyMillis);
            byte[] answer = (allowed ? "{\"message\":\"Success.\"}" : "{\"error\":\"too many requests\"}")
                    .getBytes(StandardCharsets.US_ASCII);
            if (!allowed && !retryAfter.isEmpty()) {
                exchange.getResponseHeaders().set("Retry-After", retryAfter);
            }
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(allowed ? 200 : 429, answer.length);
            exchange.getResponseBody().write(answer);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized boolean allows(byte[] body) {
        long now = System.nanoTime();
        first = lastSecond < 0 ? now : first;
        double second = (now - first) / 1e9;
        lastSecond = (int) second;
        boolean allowed = limit.allows(second);
        (allowed ? taken : refused)[lastSecond]++;
        if (allowed) {
            Scan scan = new Scan();
            scan.read(body, body.length);
            messagesTaken[lastSecond] += scan.messages;
            tally.add(scan, now);
        }
        return allowed;
    }

    /** In which second, counted from 0, so many messages had come; the last one where they never did. */
    synchronized int secondOf(int messages) {
        int second = 0;
        for (int came = 0; second < lastSecond; second++) {
            came += messagesTaken[second];
            if (came >= messages) {
                break;
            }
        }
        return second;
    }

    /** The part that full batches used of what the limit allowed in these seconds. */
    synchronized double share(int from, int to) {
        double allowed = 0;
        for (int second = from; second < to; second++) {
            allowed += limit.at(second);
        }
        return sum(messagesTaken, from, to) / (allowed * BATCH);
    }

    /** The part of all requests that was refused in the seconds before this one. */
    synchronized double refused(int to) {
        return (double) sum(refused, 0, to) / (sum(refused, 0, to) + sum(taken, 0, to));
    }

    private static int sum(int[] counts, int from, int to) {
        int sum = 0;
        for (int second = from; second < to; second++) {
            sum += counts[second];
        }
        return sum;
    }

    @Override
    public void close() {
        server.stop(0);
    }
}

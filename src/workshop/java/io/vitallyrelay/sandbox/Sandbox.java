package io.vitallyrelay.sandbox;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * A strict stand-in for Vitally's batch endpoint, over HTTP/1.1 on 127.0.0.1. {@code POST /analytics/v1/batch} takes
 * batches and {@code GET /counts} answers the {@link Counts} as JSON. A refused batch is refused as a whole and its
 * answer, {@code {"error":"message 17: accountId must be a string"}}, names the first rule broken; messages count from
 * 0. A messageId may come again, in a batch and across batches. Safe for many threads; every request has a thread of
 * its own.
 */
public final class Sandbox implements AutoCloseable {
    private static final String BATCH_PATH = "/analytics/v1/batch";
    private static final String COUNTS_PATH = "/counts";
    private static final int BACKLOG = 128;
    private static final ObjectMapper JSON = new ObjectMapper();

    static {
        // read once by the JDK, so they have no effect where the process had an HttpServer before
        defaultProperty("sun.net.httpserver.nodelay", "true"); // else 40 ms an answer
        defaultProperty("sun.net.httpserver.idleInterval", "600"); // seconds; 30 drops connections in a test's pause
    }

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool(Sandbox::thread);
    private final Tally tally = new Tally();
    private final Optional<Journal> journal;
    private final Behaviour.Endpoint endpoint;
    private final int maxBodyBytes;

    private Sandbox(SandboxSettings settings) throws IOException {
        maxBodyBytes = settings.maxBodyBytes();
        InetAddress loopback = InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
        server = HttpServer.create(new InetSocketAddress(loopback, settings.port()), BACKLOG);
        try {
            journal = settings.journal().map(Sandbox::open);
        } catch (UncheckedIOException e) {
            server.stop(0);
            throw e.getCause();
        }
        endpoint = endpoint(settings);
        server.createContext("/", this::handle);
        server.setExecutor(threads);
        server.start();
    }

    /**
     * Starts a sandbox, which listens when this returns.
     *
     * @throws IOException if the port is taken or the journal cannot be opened
     */
    public static Sandbox start(SandboxSettings settings) throws IOException {
        return new Sandbox(settings);
    }

    /** Where batches are to be posted to. */
    public URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + BATCH_PATH);
    }

    /** What came so far; a request counts before its answer is sent. */
    public Counts counts() {
        return tally.counts();
    }

    /** Stops at once: open connections are closed, answers that are kept back are never sent. */
    @Override
    public void close() throws IOException {
        server.stop(0);
        threads.shutdownNow();
        if (journal.isPresent()) {
            journal.get().close();
        }
    }

    private Behaviour.Endpoint endpoint(SandboxSettings settings) {
        Behaviour.Endpoint chain = new BatchEndpoint(new BatchRules(settings), tally, journal);
        List<Behaviour> behaviours = settings.behaviours();
        for (int i = behaviours.size() - 1; i >= 0; i--) {
            chain = chain.behind(behaviours.get(i));
        }
        return chain;
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().getPath();
            BatchRequest request = read(exchange);
            if (path.equals(COUNTS_PATH) && request.method().equals("GET")) {
                send(exchange, new Answer(200, Map.of(), JSON.writeValueAsString(counts())));
                return;
            }
            Answer answer = path.equals(BATCH_PATH)
                    ? endpoint.answer(request)
                    : Answer.error(404, "there is nothing at this path");
            tally.answered(answer.status());
            if (answer.status() != Answer.NONE.status()) {
                send(exchange, answer);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // closed while an answer was kept back
        }
    }

    private BatchRequest read(HttpExchange exchange) throws IOException {
        try (InputStream in = exchange.getRequestBody()) {
            byte[] body = in.readNBytes(maxBodyBytes + 1);
            in.transferTo(OutputStream.nullOutputStream()); // a sender that is cut off would not see the answer
            return new BatchRequest(
                    exchange.getRequestMethod(),
                    exchange.getRequestHeaders().getFirst("Authorization"),
                    exchange.getRequestHeaders().getFirst("Content-Type"),
                    body);
        }
    }

    private static void send(HttpExchange exchange, Answer answer) throws IOException {
        byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        answer.headers().forEach(exchange.getResponseHeaders()::set);
        exchange.sendResponseHeaders(answer.status(), body.length);
        exchange.getResponseBody().write(body);
    }

    private static Journal open(Path path) {
        try {
            return new Journal(path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Thread thread(Runnable task) {
        Thread thread = new Thread(task, "sandbox");
        thread.setDaemon(true);
        return thread;
    }

    private static void defaultProperty(String name, String value) {
        if (System.getProperty(name) == null) {
            System.setProperty(name, value);
        }
    }
}

package io.vitallyrelay.cli;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;

/** Answers as a service would, for the tests of the commands, and runs one of them against it. */
final class ServiceStub implements AutoCloseable {
    private final HttpServer server;
    private final Map<String, Deque<Answer>> answers = new HashMap<>();
    private final List<String> asked = new ArrayList<>();

    private record Answer(int status, String body, int missing) {}

    /** What a command printed, and with which status it ended. */
    record Run(int status, String out, String err) {}

    ServiceStub() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
    }

    /** The next answer to that method and path, query apart; the last one is given again and again. */
    ServiceStub answers(String request, int status, String body) {
        return answers(request, new Answer(status, body, 0));
    }

    /** An answer that ends before it is whole. */
    ServiceStub breaksOff(String request, String body) {
        return answers(request, new Answer(200, body, 10));
    }

    private ServiceStub answers(String request, Answer answer) {
        answers.computeIfAbsent(request, none -> new ArrayDeque<>()).add(answer);
        return this;
    }

    /** What was asked for: method, path with query, and body. */
    synchronized List<String> asked() {
        return List.copyOf(asked);
    }

    URI address() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /** Runs a command of {@code relay}. */
    Run run(String... arguments) {
        return runAt(server.getAddress().getPort(), arguments);
    }

    private static Run runAt(int port, String... arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        StringWriter err = new StringWriter();
        PrintStream console = System.out;
        System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
        try {
            List<String> all = new ArrayList<>(Arrays.asList(arguments));
            all.add("--url=http://127.0.0.1:" + port);
            CommandLine commands = Main.commands().setErr(new PrintWriter(err, true));
            int status = commands.execute(all.toArray(String[]::new));
            return new Run(status, out.toString(StandardCharsets.UTF_8), err.toString());
        } finally {
            System.setOut(console);
        }
    }

    private synchronized void answer(HttpExchange exchange) throws IOException {
        String request =
                exchange.getRequestMethod() + " " + exchange.getRequestURI().getRawPath();
        String query = exchange.getRequestURI().getRawQuery();
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        asked.add((request + (query == null ? "" : "?" + query) + " " + body).strip());
        Deque<Answer> next = answers.getOrDefault(
                request, new ArrayDeque<>(List.of(new Answer(404, "{\"error\":\"not here: " + request + "\"}", 0))));
        Answer answer = next.size() > 1 ? next.poll() : next.peek();
        byte[] bytes = answer.body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(answer.status, bytes.length + answer.missing);
        exchange.getResponseBody().write(bytes);
        if (answer.missing > 0) {
            exchange.getResponseBody().flush();
            throw new IOException("broken off");
        }
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}

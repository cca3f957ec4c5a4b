package io.vitallyrelay.faults;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;

/**
 * An endpoint on 127.0.0.1 that goes wrong in ways an HTTP server cannot: it works on the socket. One fault is given for each
 * request, in order; when they are used up, the last of all ({@code then}) goes on. Remembers what came and what it took.
 * Thread-safe; each connection has a thread.
 */
public final class FaultServer implements AutoCloseable {
    private final ServerSocket server;
    private final Deque<Fault> faults = new ArrayDeque<>();
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private final List<Thread> threads = new ArrayList<>();
    private final CountDownLatch closing = new CountDownLatch(1);
    private final List<Request> requests = new ArrayList<>();
    private final List<JsonNode> taken = new ArrayList<>();
    private volatile Fault then = Faults.takes();
    private volatile Consumer<Request> listener = request -> {};

    private FaultServer(int port) throws IOException {
        server = new ServerSocket();
        server.setReuseAddress(true);
        server.bind(new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), port));
        run(this::accept);
    }

    /** On a free port. */
    public static FaultServer start() throws IOException {
        return new FaultServer(0);
    }

    public static FaultServer onPort(int port) throws IOException {
        return new FaultServer(port);
    }

    /** What happens to the next requests, one after the other. */
    public synchronized FaultServer first(Fault... next) {
        faults.addAll(List.of(next));
        return this;
    }

    /** What happens to all requests for which nothing else is given. */
    public FaultServer then(Fault fault) {
        then = fault;
        return this;
    }

    /** Is told each request when its head came, before anything happens to it. */
    public FaultServer telling(Consumer<Request> told) {
        listener = told;
        return this;
    }

    public URI url() {
        return URI.create("http://127.0.0.1:" + server.getLocalPort() + "/analytics/v1/batch");
    }

    public synchronized List<Request> requests() {
        return List.copyOf(requests);
    }

    /** The messages that it took, repeats too, in order. */
    public synchronized List<JsonNode> taken() {
        return List.copyOf(taken);
    }

    private void accept() throws IOException {
        while (true) {
            Socket socket = server.accept();
            sockets.add(socket);
            if (closing.getCount() == 0) {
                // it came too late for close() to see it, and would be served for ever
                socket.close();
            }
            run(() -> serve(socket));
        }
    }

    private void serve(Socket socket) throws IOException, InterruptedException {
        Connection connection = new Connection(socket, closing, this);
        while (connection.isOpen() && connection.readHead()) {
            nextFault().happen(connection);
        }
        socket.close();
    }

    private synchronized Fault nextFault() {
        return faults.isEmpty() ? then : faults.poll();
    }

    int came(Request request) {
        listener.accept(request);
        synchronized (this) {
            requests.add(request);
            return requests.size() - 1;
        }
    }

    synchronized void readBody(int number, List<JsonNode> messages) {
        Request request = requests.get(number);
        requests.set(number, new Request(request.head(), List.copyOf(messages), request.at()));
    }

    synchronized void took(List<JsonNode> messages) {
        taken.addAll(messages);
    }

    private interface Task {
        void run() throws IOException, InterruptedException;
    }

    private synchronized void run(Task task) {
        Thread thread = new Thread(
                () -> {
                    try {
                        task.run();
                    } catch (IOException e) {
                        // the other side is gone, or this one is closed
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                },
                "fault-server");
        thread.start();
        threads.add(thread);
    }

    /** Ends all connections at once. */
    @Override
    public void close() throws IOException, InterruptedException {
        closing.countDown();
        server.close();
        for (Socket socket : sockets) {
            socket.close();
        }
        List<Thread> running;
        synchronized (this) {
            running = List.copyOf(threads);
        }
        for (Thread thread : running) {
            thread.join(10_000);
        }
    }
}

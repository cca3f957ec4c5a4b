package io.vitallyrelay.delivery.camel;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/** Stands on 127.0.0.1 before a server and passes bytes on, as well or as badly as the test wants. */
final class Wire implements AutoCloseable {
    /** What a client gets of what the server answers on one connection. */
    @FunctionalInterface
    interface Answers {
        void pass(InputStream fromServer, OutputStream toClient) throws IOException, InterruptedException;
    }

    private static final Answers AS_THEY_ARE = InputStream::transferTo;
    private static final int BACKLOG = 1;
    private static final int QUEUED_MS = 200;

    private final URI server;
    private final ServerSocket listener =
            new ServerSocket(0, BACKLOG, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}));
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final AtomicInteger connections = new AtomicInteger();
    private volatile Answers answers = AS_THEY_ARE;
    private volatile SSLContext tls;
    private volatile boolean asksForCertificate;
    private volatile String[] versions = {"TLSv1.2", "TLSv1.3"};

    /** @param server what stands behind it, on 127.0.0.1 */
    Wire(URI server) throws IOException {
        this.server = server;
    }

    /** From the next connection on: TLS, with the context's certificate. */
    Wire with(SSLContext context) {
        tls = context;
        return this;
    }

    /** From the next connection on: a client must show a certificate, or none is asked for. */
    Wire askingForCertificate(boolean asks) {
        asksForCertificate = asks;
        return this;
    }

    /** From the next connection on: this version of TLS only. */
    Wire speaking(String version) {
        versions = new String[] {version};
        return this;
    }

    Wire answering(Answers others) {
        answers = others;
        return this;
    }

    Wire answeringAsTheServerDoes() {
        return answering(AS_THEY_ARE);
    }

    Wire accept() {
        threads.execute(this::acceptAll);
        return this;
    }

    /** Fills its queue while it does not accept: whoever comes then waits for the connection. */
    Wire refuseToAccept() throws IOException {
        while (true) {
            Socket waiting = new Socket();
            open.add(waiting);
            try {
                waiting.connect(listener.getLocalSocketAddress(), QUEUED_MS);
            } catch (SocketTimeoutException e) {
                return this;
            }
        }
    }

    URI url() {
        return URI.create(
                (tls == null ? "http" : "https") + "://127.0.0.1:" + listener.getLocalPort() + server.getPath());
    }

    /** Connections that clients have opened so far, TLS or not. */
    int connections() {
        return connections.get();
    }

    /** Closes all connections, as servers do with idle ones. */
    void cut() throws IOException {
        for (Socket socket : open) {
            open.remove(socket);
            socket.close();
        }
    }

    private void acceptAll() {
        try {
            while (true) {
                Socket client = listener.accept();
                open.add(client);
                connections.incrementAndGet();
                threads.execute(() -> join(client));
            }
        } catch (IOException e) {
            // closed
        }
    }

    private void join(Socket plain) {
        try (plain) {
            Socket client = tls == null ? plain : upgrade(plain);
            try (client;
                    Socket behind = new Socket()) {
                open.add(behind);
                behind.connect(new InetSocketAddress("127.0.0.1", server.getPort()));
                Answers passing = answers;
                threads.execute(() -> answer(passing, behind, client));
                client.getInputStream().transferTo(behind.getOutputStream());
            }
        } catch (IOException e) {
            // broken, by the client or on purpose
        }
    }

    private Socket upgrade(Socket plain) throws IOException {
        SSLSocket socket = (SSLSocket) tls.getSocketFactory().createSocket(plain, null, true);
        socket.setUseClientMode(false);
        socket.setNeedClientAuth(asksForCertificate);
        socket.setEnabledProtocols(versions);
        return socket;
    }

    private static void answer(Answers passing, Socket behind, Socket client) {
        try (behind;
                client) {
            passing.pass(behind.getInputStream(), client.getOutputStream());
        } catch (IOException e) {
            // broken, by the client or on purpose
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() throws IOException {
        listener.close();
        cut();
        threads.shutdownNow();
    }
}

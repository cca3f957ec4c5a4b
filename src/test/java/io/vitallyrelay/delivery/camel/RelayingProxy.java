package io.vitallyrelay.delivery.camel;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** An HTTP proxy on 127.0.0.1: makes tunnels, and passes on plain requests. Keeps the head of each request that it reads. */
final class RelayingProxy implements AutoCloseable {
    private final ServerSocket listener = new ServerSocket(0, 50, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}));
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<Socket> open = new CopyOnWriteArrayList<>();
    private final List<String> heads = new CopyOnWriteArrayList<>();
    private volatile String login;
    private volatile String refusal;

    RelayingProxy() throws IOException {
        threads.execute(this::acceptAll);
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + listener.getLocalPort());
    }

    /** From now on nobody else is served. */
    void admitOnly(String user, String password) {
        login = "Proxy-Authorization: Basic "
                + Base64.getEncoder().encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8));
    }

    /** From now on it answers this to every request; null: no longer. */
    void refuseAllWith(String statusLine) {
        refusal = statusLine;
    }

    List<String> heads() {
        return heads;
    }

    private void acceptAll() {
        try {
            while (true) {
                Socket client = listener.accept();
                open.add(client);
                threads.execute(() -> serve(client));
            }
        } catch (IOException e) {
            // closed
        }
    }

    private void serve(Socket client) {
        try (client) {
            InputStream in = new BufferedInputStream(client.getInputStream());
            String head = head(in);
            if (head.isEmpty()) {
                return;
            }
            heads.add(head);
            if (refusal != null) {
                write(client.getOutputStream(), refusal + "\r\nConnection: close\r\n\r\n");
            } else if (login != null && !head.contains(login)) {
                write(
                        client.getOutputStream(),
                        "HTTP/1.1 407 Who are you\r\nProxy-Authenticate: Basic realm=\"test\"\r\n"
                                + "Content-Length: 0\r\nConnection: close\r\n\r\n");
            } else {
                passOn(head, in, client);
            }
        } catch (IOException e) {
            // broken by one of the sides
        }
    }

    private void passOn(String head, InputStream in, Socket client) throws IOException {
        String[] line = head.substring(0, head.indexOf("\r\n")).split(" ");
        boolean tunnel = line[0].equals("CONNECT");
        URI target = URI.create(tunnel ? "tunnel://" + line[1] : line[1]);
        try (Socket server = new Socket(target.getHost(), target.getPort())) {
            open.add(server);
            threads.execute(() -> pump(server, client));
            if (tunnel) {
                write(client.getOutputStream(), "HTTP/1.1 200 Connection established\r\n\r\n");
            } else {
                write(server.getOutputStream(), head.replaceFirst(" http://[^/]+", " "));
            }
            in.transferTo(server.getOutputStream());
        }
    }

    private static void pump(Socket from, Socket to) {
        try (from;
                to) {
            from.getInputStream().transferTo(to.getOutputStream());
        } catch (IOException e) {
            // broken by one of the sides
        }
    }

    /** Up to the empty line. */
    private static String head(InputStream in) throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        int next;
        while ((next = in.read()) >= 0) {
            head.write(next);
            if (head.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
                break;
            }
        }
        return head.toString(StandardCharsets.ISO_8859_1);
    }

    private static void write(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.ISO_8859_1));
        out.flush();
    }

    @Override
    public void close() throws IOException {
        listener.close();
        for (Socket socket : open) {
            socket.close();
        }
        threads.shutdownNow();
    }
}

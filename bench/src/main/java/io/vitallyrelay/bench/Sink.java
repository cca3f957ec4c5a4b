package io.vitallyrelay.bench;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * The endpoint all programs post to: takes every body with a Content-Length, keeps connections open, and scans bodies
 * for the three numbers of each message instead of parsing them, so that it costs a small part of what is measured. A body
 * with a message that says {@code "refused":true} is answered with 400.
 * {@code GET /report} answers the {@link Tally} and {@code POST /reset} empties it. Listens on 127.0.0.1 and prints
 * {@code sink ready <port>}.
 */
public final class Sink {
    /** What every messageId starts with; ten digits follow. */
    static final String ID_PREFIX = "bench-";

    private static final byte[] SUCCESS = "{\"message\":\"Success.\"}".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] REFUSAL = "{\"error\":\"refused\"}".getBytes(StandardCharsets.US_ASCII);

    private final Tally tally;

    private final long latencyMillis;

    private Sink(int records, long latencyMillis) {
        tally = new Tally(records);
        this.latencyMillis = latencyMillis;
    }

    /** Arguments: the number of messages to come, and how long each answer to a batch waits, in milliseconds. */
    public static void main(String[] args) throws IOException {
        Sink sink = new Sink(Integer.parseInt(args[0]), Long.parseLong(args[1]));
        try (ServerSocket server = new ServerSocket(0, 128, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}))) {
            System.out.println("sink ready " + server.getLocalPort());
            while (true) {
                Socket socket = server.accept();
                Thread thread = new Thread(() -> sink.serve(socket), "connection");
                thread.setDaemon(true);
                thread.start();
            }
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            socket.setTcpNoDelay(true);
            InputStream in = new BufferedInputStream(socket.getInputStream(), 1 << 16);
            OutputStream out = socket.getOutputStream();
            Scan scan = new Scan();
            byte[] body = new byte[1 << 16];
            for (String request = line(in); !request.isEmpty(); request = line(in)) {
                long start = System.nanoTime();
                int length = contentLength(in);
                if (length > body.length) {
                    body = new byte[length];
                }
                if (in.readNBytes(body, 0, length) < length) {
                    return;
                }
                if (!request.startsWith("POST /analytics/v1/batch ")) {
                    answer(out, "200 OK", "close", control(request));
                    return;
                }
                scan.read(body, length);
                if (scan.refused) {
                    answer(out, "400 Bad Request", "keep-alive", REFUSAL);
                    continue;
                }
                tally.add(scan, start);
                Thread.sleep(latencyMillis);
                answer(out, "200 OK", "keep-alive", SUCCESS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            System.err.println("sink: " + e);
        }
    }

    private byte[] control(String request) throws IOException {
        if (request.startsWith("POST /reset ")) {
            tally.reset();
        } else if (!request.startsWith("GET /report ")) {
            throw new IOException("unknown request " + request);
        }
        return tally.toJson().getBytes(StandardCharsets.US_ASCII);
    }

    /** The Content-Length, or 0 where there is none. */
    private static int contentLength(InputStream in) throws IOException {
        int length = 0;
        for (String header = line(in); !header.isEmpty(); header = line(in)) {
            String lower = header.toLowerCase(Locale.ROOT);
            if (lower.startsWith("content-length:")) {
                length = Integer.parseInt(
                        lower.substring("content-length:".length()).strip());
            } else if (lower.startsWith("transfer-encoding:")) {
                throw new IOException("bodies must come with a Content-Length");
            }
        }
        return length;
    }

    /** The next line without its end; empty at the end of the stream. */
    private static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder(64);
        for (int c = in.read(); c >= 0 && c != '\n'; c = in.read()) {
            if (c != '\r') {
                line.append((char) c);
            }
        }
        return line.toString();
    }

    private static void answer(OutputStream out, String status, String connection, byte[] body) throws IOException {
        byte[] head = ("HTTP/1.1 " + status + "\r\nContent-Type: application/json\r\nConnection: " + connection
                        + "\r\nContent-Length: " + body.length + "\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII);
        byte[] answer = new byte[head.length + body.length];
        System.arraycopy(head, 0, answer, 0, head.length);
        System.arraycopy(body, 0, answer, head.length, body.length);
        out.write(answer); // one write, one packet
    }
}

package io.vitallyrelay.faults;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** The endpoint's side of one connection: reads requests, and sends whatever bytes it is told. */
public final class Connection {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Socket socket;
    private final InputStream in;
    private final CountDownLatch closing;
    private final FaultServer server;
    private String head;
    private int length;
    private int number;
    private List<JsonNode> messages = List.of();

    Connection(Socket socket, CountDownLatch closing, FaultServer server) throws IOException {
        this.socket = socket;
        this.in = new BufferedInputStream(socket.getInputStream());
        this.closing = closing;
        this.server = server;
        socket.setTcpNoDelay(true);
    }

    /** @return false when there is no further request */
    boolean readHead() throws IOException {
        head = "";
        length = 0;
        messages = List.of();
        for (String line = line(); !line.isEmpty(); line = line()) {
            head += line + "\n";
            if (line.toLowerCase(Locale.ROOT).startsWith("content-length:")) {
                length = Integer.parseInt(line.substring(line.indexOf(':') + 1).strip());
            }
        }
        if (!head.isEmpty()) {
            number = server.came(new Request(head, messages, System.nanoTime()));
        }
        return !head.isEmpty();
    }

    private String line() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = in.read(); c >= 0 && c != '\n'; c = in.read()) {
            if (c != '\r') {
                line.append((char) c);
            }
        }
        return line.toString();
    }

    /** Reads the body of the request. */
    public List<JsonNode> readMessages() throws IOException {
        messages = new ArrayList<>();
        JSON.readTree(in.readNBytes(length)).forEach(messages::add);
        server.readBody(number, messages);
        return messages;
    }

    public int contentLength() {
        return length;
    }

    public void readHalfOfTheBody() throws IOException {
        in.readNBytes(length / 2);
    }

    /** Takes the messages that were read, whatever is answered. */
    public void take() {
        server.took(messages);
    }

    /** Sends the text as it stands. */
    public void send(String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Sends the text byte by byte. */
    public void trickle(String text, long millisBetween) throws IOException, InterruptedException {
        for (byte one : text.getBytes(StandardCharsets.UTF_8)) {
            socket.getOutputStream().write(one);
            boolean unused = closing.await(millisBetween, TimeUnit.MILLISECONDS);
        }
    }

    /** Does nothing until the other side gives up. */
    public void awaitTheirEnd() throws IOException {
        in.transferTo(OutputStream.nullOutputStream());
    }

    /** Ends it in order. */
    public void close() throws IOException {
        socket.close();
    }

    /** Ends it with a RST, as a process does that crashes. */
    public void reset() throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    boolean isOpen() {
        return !socket.isClosed();
    }
}

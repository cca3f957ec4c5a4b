package io.vitallyrelay.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Over real connections, with a time-out of a second. */
class HttpGuardTest {
    private static final int TIMEOUT_MILLIS = 1000;
    private static final int PATIENCE_MILLIS = 20_000;

    private final Vertx vertx = Vertx.vertx();
    private HttpServer server;

    @BeforeEach
    void listen() throws Exception {
        HttpServerOptions options = new HttpServerOptions()
                .setHost("127.0.0.1")
                .setPort(0)
                .setIdleTimeout(TIMEOUT_MILLIS)
                .setIdleTimeoutUnit(TimeUnit.MILLISECONDS);
        new HttpGuard(new RequestGuard("127.0.0.1", List.of()), new ManagementPort("127.0.0.1", 0))
                .customizeHttpServer(options);
        server = vertx.createHttpServer(options)
                .requestHandler(request -> request.response().end("answer"));
        server.listen().toCompletionStage().toCompletableFuture().get(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
    }

    @AfterEach
    void close() throws Exception {
        vertx.close().toCompletionStage().toCompletableFuture().get(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
    }

    @Test
    void closesAConnectionThatSendsNothing() throws Exception {
        // Given
        try (Socket socket = connect()) {

            // When
            int read = socket.getInputStream().read();

            // Then
            assertThat(read).isEqualTo(-1);
        }
    }

    @Test
    void closesAConnectionThatStopsInTheMiddleOfTheHead() throws Exception {
        // Given
        try (Socket socket = connect()) {
            send(socket, "POST /api/lanes/hold HTTP/1.1\r\nHost: localhost\r\nX-A: ");

            // When
            int read = socket.getInputStream().read();

            // Then
            assertThat(read).isEqualTo(-1);
        }
    }

    @Test
    void closesAConnectionWhoseHeadComesByteByByte() throws Exception {
        // Given
        try (Socket socket = connect()) {
            send(socket, "GET / HTTP/1.1\r\nHost: localhost\r\nX-A: ");
            socket.setSoTimeout(TIMEOUT_MILLIS / 10);
            long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(PATIENCE_MILLIS);

            // When: a byte comes ten times as often as it would have to
            boolean open = true;
            while (open && System.nanoTime() < end) {
                open = staysOpen(socket);
            }

            // Then
            assertThat(open).isFalse();
        }
    }

    private static boolean staysOpen(Socket socket) throws IOException {
        try {
            send(socket, "a");
            return socket.getInputStream().read() >= 0;
        } catch (java.net.SocketTimeoutException nothingYet) {
            return true;
        } catch (SocketException closed) {
            return false;
        }
    }

    @Test
    void answersOnAConnectionThatIsUsedLongerThanThat() throws Exception {
        // Given
        try (Socket socket = connect()) {
            StringBuilder answers = new StringBuilder();
            long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(2 * TIMEOUT_MILLIS);

            // When
            while (System.nanoTime() < end) {
                send(socket, "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n");
                byte[] answer = new byte[1000];
                int length = socket.getInputStream().read(answer);
                answers.append(new String(answer, 0, Math.max(0, length), StandardCharsets.UTF_8));
                if (length < 0) {
                    break;
                }
            }

            // Then
            assertThat(System.nanoTime()).isGreaterThanOrEqualTo(end);
            assertThat(answers).contains("answer");
        }
    }

    private Socket connect() throws IOException {
        Socket socket = new Socket("127.0.0.1", server.actualPort());
        socket.setSoTimeout(PATIENCE_MILLIS);
        return socket;
    }

    private static void send(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
    }
}

package io.vitallyrelay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.vitallyrelay.TestCertificates;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How a command logs in, to a service that lets nobody do anything. */
class ServiceLoginTest {
    @TempDir
    Path folder;

    private final StringWriter err = new StringWriter();
    private HttpServer server;
    private int status;
    private volatile String authorization;

    @BeforeEach
    void listen() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            authorization = exchange.getRequestHeaders().getFirst("Authorization");
            byte[] body = "{\"error\":\"not you\"}".getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().add("WWW-Authenticate", "Session");
            exchange.sendResponseHeaders(status, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private int run(String... arguments) {
        String[] all = new String[arguments.length + 2];
        all[0] = "status";
        all[1] = "--url=http://127.0.0.1:" + server.getAddress().getPort();
        System.arraycopy(arguments, 0, all, 2, arguments.length);
        return Main.commands().setErr(new PrintWriter(err, true)).execute(all);
    }

    @Test
    void sendsThePasswordOfAFile() throws Exception {
        // Given
        status = 403;
        Path file = Files.writeString(folder.resolve("password"), "sécret of anna\nsecond line");

        // When
        run("--user=anna", "--password-file=" + file);

        // Then
        assertThat(authorization)
                .isEqualTo("Basic "
                        + Base64.getEncoder().encodeToString("anna:sécret of anna".getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void sendsNothingWithoutAUser() {
        // Given
        status = 403;

        // When
        run();

        // Then
        assertThat(authorization).isNull();
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 403})
    void endsWithAStatusOfItsOwnWhereItIsNotAllowed(int answered) {
        // Given
        status = answered;

        // When
        int ended = run();

        // Then
        assertThat(ended).isEqualTo(4);
        assertThat(err.toString()).contains("answered " + answered + ": not you");
        assertThat(err.toString().contains("--user NAME logs in")).isEqualTo(answered == 401);
    }

    @Test
    void saysWhereAPasswordIsExpected() {
        // When
        int ended = run("--user=anna");

        // Then
        assertThat(ended).isEqualTo(2);
        assertThat(err.toString()).contains("RELAY_PASSWORD", "--password-file");
    }

    @Test
    void saysThatAPasswordFileCannotBeRead() {
        // When
        int ended = run("--user=anna", "--password-file=" + folder.resolve("none"));

        // Then
        assertThat(ended).isEqualTo(2);
        assertThat(err.toString()).contains("cannot be read");
    }

    @Test
    void saysThatACertificateIsNotTrusted() throws Exception {
        // Given
        HttpsServer https = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        https.setHttpsConfigurator(new HttpsConfigurator(TestCertificates.SERVER.context()));
        https.start();
        try {

            // When
            int ended = Main.commands()
                    .setErr(new PrintWriter(err, true))
                    .execute(
                            "status",
                            "--url=https://127.0.0.1:" + https.getAddress().getPort());

            // Then
            assertThat(ended).isEqualTo(3);
            assertThat(err.toString()).contains("cannot be checked", "javax.net.ssl.trustStore");
        } finally {
            https.stop(0);
        }
    }

    @Test
    void endsWithAStatusOfItsOwnWhereNothingAnswers() {
        // Given
        server.stop(0);

        // When
        int ended = run();

        // Then
        assertThat(ended).isEqualTo(3);
        assertThat(err.toString()).contains("nothing answers at");
    }
}

package io.vitallyrelay.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.vitallyrelay.TestCertificates;
import io.vitallyrelay.process.RelayProcess.Sums;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An endpoint whose certificate comes from an authority that nobody knows but who is told. */
class TlsIT {
    private static final byte[] SUCCESS = "{\"message\":\"Success.\"}".getBytes(StandardCharsets.UTF_8);

    @TempDir
    private Path folder;

    private final AtomicInteger requests = new AtomicInteger();
    private HttpsServer endpoint;

    @BeforeEach
    void startEndpoint() throws Exception {
        endpoint = HttpsServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 10);
        endpoint.setHttpsConfigurator(new HttpsConfigurator(TestCertificates.SERVER.context()));
        endpoint.createContext("/", exchange -> {
            try (exchange) {
                exchange.getRequestBody().readAllBytes();
                requests.incrementAndGet();
                exchange.sendResponseHeaders(200, SUCCESS.length);
                exchange.getResponseBody().write(SUCCESS);
            }
        });
        endpoint.start();
    }

    @AfterEach
    void stopEndpoint() {
        endpoint.stop(0);
    }

    @Test
    void aPrivateAuthorityIsTrustedThatASettingNames() throws Exception {
        // Given
        Path authority = folder.resolve("authority.pem");
        Files.writeString(authority, TestCertificates.AUTHORITY.certificatePem());
        try (RelayProcess relay = relay().with("VITALLY_TLS_TRUST_STORE", authority.toString())) {
            relay.start();

            // When
            relay.drop("messages", "one.jsonl", "{\"type\":\"organization\",\"organizationId\":\"o1\"}\n");

            // Then
            relay.awaitSettled(1, 0);
            assertThat(requests).hasValue(1);
        }
    }

    @Test
    void nothingIsSentToAnAuthorityThatIsNotTrusted() throws Exception {
        // Given
        try (RelayProcess relay = relay().with("VITALLY_RETRY_MAX", "1ms").with("VITALLY_RETRY_INITIAL", "1ms")) {
            relay.start();

            // When
            relay.drop("messages", "one.jsonl", "{\"type\":\"organization\",\"organizationId\":\"o1\"}\n");

            // Then
            await().atMost(Duration.ofSeconds(60)).until(() -> relay.output().contains("5 requests in a row failed"));
            assertThat(relay.sums()).isEqualTo(new Sums(1, 0, 0, 1));
            assertThat(requests).hasValue(0);
        }
    }

    private RelayProcess relay() {
        return RelayProcess.in(folder)
                .postingTo(
                        URI.create("https://127.0.0.1:" + endpoint.getAddress().getPort() + "/analytics/v1/batch"))
                .with("VITALLY_BATCH_WINDOW", "100ms");
    }
}

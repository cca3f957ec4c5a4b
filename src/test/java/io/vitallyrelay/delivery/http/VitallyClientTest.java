package io.vitallyrelay.delivery.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import javax.net.ssl.SSLContext;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class VitallyClientTest {
    private static final Duration PATIENTLY = Duration.ofSeconds(20);
    /** More than the buffers of both sides hold. */
    private static final int LARGE = 32 << 20;

    @Test
    @Timeout(30)
    void endsARequestThatNobodyReads() throws Exception {
        // Given
        try (ServerSocket neverReads = new ServerSocket(0, 1, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}));
                CloseableHttpClient client = client(Duration.ofMillis(300))) {
            HttpPost request = new HttpPost("http://127.0.0.1:" + neverReads.getLocalPort() + "/");
            request.setEntity(new ByteArrayEntity(new byte[LARGE], ContentType.APPLICATION_JSON));

            // When
            Throwable failure = catchThrowable(() -> client.execute(request, response -> response.getCode()));

            // Then
            assertThat(failure)
                    .isInstanceOf(SocketTimeoutException.class)
                    .hasMessage("no whole answer within PT0.3S, which is vitally.total-timeout");
        }
    }

    private static CloseableHttpClient client(Duration totalTimeout) throws Exception {
        HttpClientBuilder builder = HttpClientBuilder.create();
        new VitallyClient(
                        "token",
                        new VitallyClient.Options(
                                1, PATIENTLY, PATIENTLY, totalTimeout, SSLContext.getDefault(), null, null))
                .configure(builder);
        return builder.build();
    }
}

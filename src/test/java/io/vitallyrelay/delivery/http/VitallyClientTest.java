package io.vitallyrelay.delivery.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.vitallyrelay.delivery.Answer;
import io.vitallyrelay.delivery.AnswerBody;
import io.vitallyrelay.delivery.AnswerReader;
import io.vitallyrelay.delivery.RetryTiming;
import io.vitallyrelay.delivery.Secrets;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.SSLContext;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class VitallyClientTest {
    private static final Duration PATIENTLY = Duration.ofSeconds(20);
    /** More than the buffers of both sides hold. */
    private static final int LARGE = 32 << 20;

    @Test
    void endsARequestThatNobodyReads() throws Exception {
        // Given
        try (ServerSocket neverReads = listener();
                CloseableHttpClient client = client(Duration.ofMillis(300))) {
            HttpPost request = request(neverReads, LARGE);

            // When
            Throwable failure = catchThrowable(() -> client.execute(request, response -> response.getCode()));

            // Then
            assertThat(failure)
                    .isInstanceOf(SocketTimeoutException.class)
                    .hasMessage("no whole answer within PT0.3S, which is vitally.total-timeout");
        }
    }

    @Test
    void givesWhatCameOfABodyThatBreaksOffAndThenFails() throws Exception {
        // Given
        try (ServerSocket listener = listener();
                CloseableHttpClient client = client(PATIENTLY)) {
            CompletableFuture<Void> answered = CompletableFuture.runAsync(() ->
                    answerAndClose(listener, "HTTP/1.1 429 Slow\r\nRetry-After: 7\r\nContent-Length: 99\r\n\r\n{}"));

            // When
            Answer answer = client.execute(request(listener, 2), VitallyClientTest::read);

            // Then
            assertThat(answer).isEqualTo(new Answer(429, "{}", AnswerBody.DOUBTFUL, Duration.ofSeconds(7)));
            answered.join();
        }
    }

    private static Answer read(ClassicHttpResponse response) throws IOException {
        AnswerReader reader =
                new AnswerReader(new RetryTiming(Duration.ofMinutes(1), InstantSource.system()), new Secrets("token"));
        return reader.read(
                response.getCode(),
                name -> response.containsHeader(name)
                        ? response.getFirstHeader(name).getValue()
                        : null,
                response.getEntity().getContent());
    }

    private static void answerAndClose(ServerSocket listener, String answer) {
        try (Socket socket = listener.accept()) {
            InputStream in = socket.getInputStream();
            String request = "";
            while (!request.endsWith("\r\n\r\n\0\0")) {
                request += (char) in.read();
            }
            socket.getOutputStream().write(answer.getBytes(StandardCharsets.US_ASCII));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ServerSocket listener() throws IOException {
        return new ServerSocket(0, 1, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}));
    }

    private static HttpPost request(ServerSocket listener, int bytes) {
        HttpPost request = new HttpPost("http://127.0.0.1:" + listener.getLocalPort() + "/");
        request.setEntity(new ByteArrayEntity(new byte[bytes], ContentType.APPLICATION_JSON));
        return request;
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

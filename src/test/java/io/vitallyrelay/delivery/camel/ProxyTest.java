package io.vitallyrelay.delivery.camel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vitallyrelay.TestCertificates;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class ProxyTest {
    @TempDir
    Path folder;

    private WiredLane lane;
    private RelayingProxy proxy;

    @BeforeEach
    void givenAProxy() throws Exception {
        lane = new WiredLane(folder);
        lane.wire().accept();
        proxy = lane.open(new RelayingProxy());
    }

    @AfterEach
    void close() throws Exception {
        lane.close();
    }

    @Test
    void deliversThroughATunnelThatNeverSeesTheToken() throws Exception {
        // Given
        lane.wire().with(TestCertificates.SERVER.context());
        lane.append(0, 30);

        // When
        lane.start(toServer());

        // Then
        await().until(lane::isAllDelivered);
        assertThat(proxy.heads()).singleElement().asString().startsWith("CONNECT 127.0.0.1:");
        assertThat(proxy.heads().toString()).doesNotContain("Authorization");
    }

    @Test
    void logsInToTheProxyAndToNobodyElse() throws Exception {
        // Given
        lane.wire().with(TestCertificates.SERVER.context());
        proxy.admitOnly("relay", "proxy-password");
        lane.append(0, 10);

        // When
        lane.start(toServer().loggingInAs("relay", "proxy-password"));

        // Then: the sandbox takes no other login than the token
        await().until(lane::isAllDelivered);
        assertThat(proxy.heads()).hasSize(2);
        assertThat(proxy.heads().toString()).doesNotContain(DeliveryRoute.TOKEN);
    }

    @Test
    void sendsPlainRequestsThroughTheProxy() throws Exception {
        // Given
        lane.append(0, 10);

        // When
        lane.start(toServer());

        // Then
        await().until(lane::isAllDelivered);
        assertThat(proxy.heads()).singleElement().asString().startsWith("POST http://127.0.0.1:");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 204 No Content",
                "HTTP/1.1 206 Partial\r\nContent-Length: 0",
                "HTTP/1.1 302 Elsewhere\r\nLocation: http://login.example/\r\nContent-Length: 0",
                "HTTP/1.1 400 Bad\r\nContent-Length: 0",
                "HTTP/1.1 407 Who\r\nProxy-Authenticate: Basic realm=\"test\"\r\nContent-Length: 0",
                "HTTP/1.1 413 Large\r\nContent-Length: 0",
                "HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0"
            })
    void takesNothingThatTheProxySaysForAnAnswerOfVitally(String refusal) throws Exception {
        // Given
        lane.wire().with(TestCertificates.SERVER.context());
        proxy.refuseAllWith(refusal);
        lane.append(0, 10);
        lane.start(toServer());
        await().until(() -> lane.attempts() > 3);

        // When
        proxy.refuseAllWith(null);

        // Then: nothing was taken for delivered, or refused, or held
        await().until(lane::isAllDelivered);
        assertThat(lane.received().messages()).isEqualTo(10);
    }

    private ClientOptions toServer() throws Exception {
        return new ClientOptions().with(TestCertificates.trusting()).through(proxy.url());
    }
}

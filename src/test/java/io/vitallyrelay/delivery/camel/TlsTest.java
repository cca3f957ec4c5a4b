package io.vitallyrelay.delivery.camel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vitallyrelay.TestCertificates;
import java.nio.file.Path;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class TlsTest {
    @TempDir
    Path folder;

    private WiredLane lane;

    @BeforeEach
    void givenALane() throws Exception {
        lane = new WiredLane(folder);
    }

    @AfterEach
    void close() throws Exception {
        lane.close();
    }

    @Test
    void deliversOverOneConnectionToAServerOfATrustedAuthority() throws Exception {
        // Given
        lane.wire().with(TestCertificates.SERVER.context()).accept();
        lane.append(0, 30);

        // When
        lane.start(new ClientOptions().with(TestCertificates.trusting()));

        // Then
        await().until(lane::isAllDelivered);
        assertThat(lane.wire().connections()).isOne();
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void speaks(String version) throws Exception {
        // Given
        lane.wire().with(TestCertificates.SERVER.context()).speaking(version).accept();
        lane.append(0, 10);

        // When
        lane.start(new ClientOptions().with(TestCertificates.trusting()));

        // Then
        await().until(lane::isAllDelivered);
    }

    @ParameterizedTest
    @EnumSource(names = {"SERVER_OF_OTHER_AUTHORITY", "SERVER_OF_ANOTHER_NAME", "EXPIRED_SERVER"})
    void sendsNothingUntilTheServerIsWhoItShouldBe(TestCertificates wrong) throws Exception {
        // Given
        lane.wire().with(wrong.context()).accept();
        lane.append(0, 10);
        lane.start(new ClientOptions().with(TestCertificates.trusting()));
        await().until(() -> lane.attempts() > 3);
        long arrived = lane.received().messages();

        // When
        lane.wire().with(TestCertificates.SERVER.context());

        // Then
        await().until(lane::isAllDelivered);
        assertThat(arrived).isZero();
        assertThat(lane.nextBatch()).isEqualTo(WiredLane.ids(0, 10));
    }

    @Test
    void trustsWhatTheJdkTrustsWithoutATrustStore() throws Exception {
        // Given
        lane.wire().with(TestCertificates.SERVER.context()).accept();
        lane.append(0, 10);

        // When
        lane.start(new ClientOptions().with(SSLContext.getDefault()));

        // Then: the JDK does not know our authority
        await().until(() -> lane.attempts() > 3);
        assertThat(lane.counts().pending()).isEqualTo(10);
    }

    @Test
    void showsItsCertificateOverOneConnectionForAllBatches() throws Exception {
        // Given
        lane.wire()
                .with(TestCertificates.SERVER.context())
                .askingForCertificate(true)
                .accept();
        lane.append(0, 30);

        // When
        lane.start(new ClientOptions().with(TestCertificates.CLIENT.context()));

        // Then
        await().until(lane::isAllDelivered);
        assertThat(lane.wire().connections()).isOne();
    }

    @Test
    void keepsMessagesPendingWhileTheServerWantsACertificateThatItDoesNotHave() throws Exception {
        // Given
        lane.wire()
                .with(TestCertificates.SERVER.context())
                .askingForCertificate(true)
                .accept();
        lane.append(0, 10);
        lane.start(new ClientOptions().with(TestCertificates.trusting()));
        await().until(() -> lane.attempts() > 3);
        long arrived = lane.received().messages();

        // When
        lane.wire().askingForCertificate(false);

        // Then
        await().until(lane::isAllDelivered);
        assertThat(arrived).isZero();
    }
}

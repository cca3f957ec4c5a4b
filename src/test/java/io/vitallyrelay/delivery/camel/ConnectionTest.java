package io.vitallyrelay.delivery.camel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vitallyrelay.faults.FaultServer;
import io.vitallyrelay.faults.Faults;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class ConnectionTest {
    private static final Duration SHORT = Duration.ofMillis(300);
    private static final byte[] CHUNK = ("2000\r\n" + " ".repeat(0x2000) + "\r\n").getBytes(StandardCharsets.US_ASCII);

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
    void deliversAllBatchesOverOneConnection() throws Exception {
        // Given
        lane.wire().accept();
        lane.append(0, 50);

        // When
        lane.start(new ClientOptions());

        // Then
        await().until(lane::isAllDelivered);
        assertThat(lane.wire().connections()).isOne();
    }

    @Test
    void keepsTheConnectionWhereAnswersAreCompressed() throws Exception {
        // Given
        lane.wire().answering(ConnectionTest::compress).accept();
        lane.append(0, 30);

        // When
        lane.start(new ClientOptions());

        // Then
        await().until(lane::isAllDelivered);
        assertThat(lane.wire().connections()).isOne();
    }

    @Test
    void deliversOnceWhereTheServerHasClosedTheIdleConnection() throws Exception {
        // Given
        lane.wire().accept();
        lane.append(0, 10);
        lane.start(new ClientOptions());
        await().until(lane::isAllDelivered);
        lane.wire().cut();

        // When
        lane.append(10, 10);

        // Then
        await().until(lane::isAllDelivered);
        assertThat(lane.received().messages()).isEqualTo(20);
        assertThat(lane.wire().connections()).isEqualTo(2);
    }

    @Test
    void closesAConnectionOnWhichBytesCameThatNobodyAskedFor() throws Exception {
        // Given
        CountDownLatch told = new CountDownLatch(1);
        CountDownLatch sent = new CountDownLatch(1);
        FaultServer server = lane.open(FaultServer.start()).first(Faults.takesAndRefusesLater(told, sent));
        lane.append(0, 10);
        lane.start(server.url(), new ClientOptions());
        await().until(lane::isAllDelivered);
        told.countDown();
        sent.await();

        // When
        lane.append(10, 10);

        // Then: the refusal of nothing is no answer to the next batch
        await().until(() -> lane.counts().pending() == 0);
        assertThat(lane.counts().dead()).isZero();
        assertThat(server.taken()).hasSize(20);
    }

    @Test
    void triesAgainWhereTheConnectionDoesNotOpenInTime() throws Exception {
        // Given
        lane.wire().refuseToAccept();
        lane.append(0, 10);
        lane.start(new ClientOptions().connectingFor(SHORT));
        await().until(() -> lane.attempts() > 2);

        // When
        lane.wire().accept();

        // Then
        await().until(lane::isAllDelivered);
        assertThat(lane.received().messages()).isEqualTo(10);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "HTTP/1.1 200 OK\r\nX-Slow: "})
    void sendsTheSameAgainWhereTheHeadOfAnAnswerTrickles(String begin) throws Exception {
        // Given
        lane.wire().answering((server, client) -> trickle(begin, client)).accept();
        lane.append(0, 10);
        lane.start(new ClientOptions().waitingInAll(SHORT));
        assertThatTheSameComesAgain();

        // When
        lane.wire().answeringAsTheServerDoes();

        // Then
        await().until(lane::isAllDelivered);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Content-Length: 100000", "Transfer-Encoding: chunked"})
    void takesTheStatusWhereTheBodyOfAnAnswerTrickles(String length) throws Exception {
        // Given
        String begin = "HTTP/1.1 200 OK\r\n" + length + "\r\n\r\nfff\r\n";
        lane.wire().answering((server, client) -> trickle(begin, client)).accept();
        lane.append(0, 20);

        // When
        lane.start(new ClientOptions().waitingInAll(SHORT));

        // Then
        await().until(lane::isAllDelivered);
        assertThat(lane.received().messages()).isEqualTo(20);
    }

    @Test
    void readsNoMoreThanAPartOfAnAnswerWithoutEnd() throws Exception {
        // Given
        lane.wire().answering(ConnectionTest::answerWithoutEnd).accept();
        lane.append(0, 20);

        // When
        lane.start(new ClientOptions());

        // Then: long before the total time-out, each on a connection of its own
        await().until(lane::isAllDelivered);
        assertThat(lane.wire().connections()).isEqualTo(2);
    }

    @Test
    void sendsTheSameAgainWhereTheHeadOfAnAnswerHasNoEnd() throws Exception {
        // Given
        lane.wire().answering(ConnectionTest::headWithoutEnd).accept();
        lane.append(0, 10);
        lane.start(new ClientOptions());
        assertThatTheSameComesAgain();

        // When
        lane.wire().answeringAsTheServerDoes();

        // Then
        await().until(lane::isAllDelivered);
    }

    private void assertThatTheSameComesAgain() throws InterruptedException {
        for (int i = 0; i < 3; i++) {
            if (!lane.nextBatch().equals(WiredLane.ids(0, 10))) {
                throw new AssertionError("another batch came");
            }
        }
    }

    private static void compress(InputStream server, OutputStream client) throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(body)) {
            gzip.write("{}".getBytes(StandardCharsets.US_ASCII));
        }
        String head = "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n\r\n";
        StringBuilder answer = new StringBuilder();
        int next;
        while ((next = server.read()) >= 0) {
            if (answer.append((char) next).toString().endsWith("Success.\"}")) {
                client.write((head + Integer.toHexString(body.size()) + "\r\n").getBytes(StandardCharsets.US_ASCII));
                body.writeTo(client);
                client.write("\r\n0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
                answer.setLength(0);
            }
        }
    }

    /** Never as slow as the response time-out, and never done. */
    private static void trickle(String begin, OutputStream client) throws IOException, InterruptedException {
        client.write(begin.getBytes(StandardCharsets.US_ASCII));
        while (true) {
            client.write(' ');
            client.flush();
            Thread.sleep(20);
        }
    }

    private static void answerWithoutEnd(InputStream server, OutputStream client) throws IOException {
        client.write("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        while (true) {
            client.write(CHUNK);
        }
    }

    private static void headWithoutEnd(InputStream server, OutputStream client) throws IOException {
        client.write("HTTP/1.1 200 OK\r\n".getBytes(StandardCharsets.US_ASCII));
        while (true) {
            client.write("X-More: more\r\n".getBytes(StandardCharsets.US_ASCII));
        }
    }
}

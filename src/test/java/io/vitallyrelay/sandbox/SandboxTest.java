package io.vitallyrelay.sandbox;

import static io.vitallyrelay.sandbox.SandboxClient.TOKEN;
import static io.vitallyrelay.sandbox.SandboxClient.batch;
import static io.vitallyrelay.sandbox.SandboxClient.message;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class SandboxTest {
    private static final SandboxSettings SETTINGS = SandboxSettings.forToken(TOKEN);

    @TempDir
    Path folder;

    @Test
    void countsMessagesAndBatches() throws Exception {
        try (Sandbox sandbox = Sandbox.start(SETTINGS)) {
            // Given
            SandboxClient client = new SandboxClient(sandbox);

            // When
            client.post(batch("a", 100));
            client.post(batch("b", 7));

            // Then
            assertThat(sandbox.counts())
                    .extracting(Counts::messages, Counts::batches, Counts::fullBatches, Counts::largestBatch)
                    .containsExactly(107L, 2L, 1L, 100);
        }
    }

    @Test
    void countsAMessageIdOnceInABatchAndAcrossBatches() throws Exception {
        try (Sandbox sandbox = Sandbox.start(SETTINGS)) {
            // Given
            SandboxClient client = new SandboxClient(sandbox);

            // When
            client.post("[" + message("m1") + "," + message("m1") + "]");
            client.post("[" + message("m1") + "," + message("m2") + "]");

            // Then
            assertThat(sandbox.counts())
                    .extracting(Counts::messages, Counts::distinct)
                    .containsExactly(4L, 2L);
        }
    }

    @Test
    void countsRequestsByStatus() throws Exception {
        try (Sandbox sandbox = Sandbox.start(SETTINGS)) {
            // Given
            SandboxClient client = new SandboxClient(sandbox);

            // When
            client.post(batch("a", 1));
            client.post("[]");
            client.post("[null]");

            // Then
            assertThat(sandbox.counts().requestsByStatus()).containsOnly(Map.entry(200, 1L), Map.entry(400, 2L));
        }
    }

    @Test
    void acceptsNothingOfARefusedBatch() throws Exception {
        try (Sandbox sandbox = Sandbox.start(SETTINGS)) {
            // Given
            SandboxClient client = new SandboxClient(sandbox);

            // When
            client.post("[" + message("m1") + ",null]");

            // Then
            assertThat(sandbox.counts())
                    .extracting(Counts::messages, Counts::distinct)
                    .containsExactly(0L, 0L);
        }
    }

    @Test
    void answersItsCountsAsJson() throws Exception {
        try (Sandbox sandbox = Sandbox.start(SETTINGS)) {
            // Given
            SandboxClient client = new SandboxClient(sandbox);
            client.post(batch("a", 100));
            URI counts = sandbox.url().resolve("/counts");

            // When
            HttpResponse<String> answer = client.send(HttpRequest.newBuilder(counts));

            // Then
            JsonNode expected = new ObjectMapper()
                    .readTree("{\"requestsByStatus\":{\"200\":1},\"messages\":100,\"distinct\":100,"
                            + "\"batches\":1,\"fullBatches\":1,\"largestBatch\":100}");
            assertThat(new ObjectMapper().readTree(answer.body())).isEqualTo(expected);
        }
    }

    @Test
    void answersSixtyFourRequestsAtOnce() throws Exception {
        // Given
        CyclicBarrier allAreThere = new CyclicBarrier(64);
        Behaviour waitsForAll = (request, next) -> {
            try {
                allAreThere.await(30, TimeUnit.SECONDS);
            } catch (Exception e) {
                return Answer.error(500, "not all came: " + e);
            }
            return next.answer(request);
        };
        try (Sandbox sandbox = Sandbox.start(SETTINGS.withBehaviours(waitsForAll))) {
            SandboxClient client = new SandboxClient(sandbox);

            // When
            List<CompletableFuture<HttpResponse<String>>> answers = IntStream.range(0, 64)
                    .mapToObj(i -> client.postAsync(batch("batch " + i + " ", 10)))
                    .toList();

            // Then
            assertThat(answers)
                    .allSatisfy(a -> assertThat(a.join().statusCode()).isEqualTo(200));
            assertThat(sandbox.counts().distinct()).isEqualTo(640);
        }
    }

    @Test
    void writesAcceptedMessagesToTheJournalBeforeTheAnswer() throws Exception {
        // Given
        Path journal = folder.resolve("journal");
        String secondBatch = "[ {\"type\":\"unlink\",\n\"userId\":\"ü\",\"accountId\":\"a\",\"messageId\":\"t\\tab\"} ,"
                + "{\"type\":\"unlink\",\"userId\":\"u\",\"accountId\":\"a\",\"timestamp\":\"2018-05-15T12:31:12.123Z\"}]";
        try (Sandbox sandbox = Sandbox.start(SETTINGS.withJournal(journal))) {
            SandboxClient client = new SandboxClient(sandbox);

            // When
            client.post(batch("a", 1));
            client.post("[null]");
            client.post(secondBatch);

            // Then
            assertThat(Files.readAllLines(journal))
                    .containsExactly(
                            "1\ta0\t" + message("a0"),
                            "2\tt\\tab\t{\"type\":\"unlink\", \"userId\":\"ü\",\"accountId\":\"a\",\"messageId\":\"t\\tab\"}",
                            "2\t\t{\"type\":\"unlink\",\"userId\":\"u\",\"accountId\":\"a\",\"timestamp\":\"2018-05-15T12:31:12.123Z\"}");
        }
    }

    @Test
    void appendsToAJournalThatIsThere() throws Exception {
        // Given
        Path journal = Files.writeString(folder.resolve("journal"), "before\n");

        // When
        try (Sandbox sandbox = Sandbox.start(SETTINGS.withJournal(journal))) {
            new SandboxClient(sandbox).post(batch("a", 1));
        }

        // Then
        assertThat(Files.readAllLines(journal)).containsExactly("before", "1\ta0\t" + message("a0"));
    }

    @Test
    void doesNotStartWithAJournalItCannotWrite() {
        assertThatThrownBy(() -> Sandbox.start(SETTINGS.withJournal(folder))).isInstanceOf(IOException.class);
    }

    @Test
    void keepsTheTokenOutOfItsSettingsText() {
        assertThat(SETTINGS.toString()).doesNotContain(TOKEN);
    }

    @Test
    void keepsAConnectionOpen() throws Exception {
        try (Sandbox sandbox = Sandbox.start(SETTINGS);
                Socket socket = new Socket("127.0.0.1", sandbox.url().getPort())) {
            // Given
            String body = batch("a", 1);
            byte[] request = ("POST /analytics/v1/batch HTTP/1.1\r\nHost: sandbox\r\nAuthorization: Basic " + TOKEN
                            + "\r\nContent-Type: application/json\r\nContent-Length: " + body.length() + "\r\n\r\n"
                            + body)
                    .getBytes(StandardCharsets.US_ASCII);

            // When
            for (int i = 0; i < 2; i++) {
                socket.getOutputStream().write(request);
                readUntilSuccess(socket);
            }

            // Then
            assertThat(sandbox.counts().batches()).isEqualTo(2);
        }
    }

    private static void readUntilSuccess(Socket socket) throws IOException {
        StringBuilder answer = new StringBuilder();
        while (answer.indexOf("Success.\"}") < 0) {
            int next = socket.getInputStream().read();
            assertThat(next).as("the connection was closed after: %s", answer).isNotNegative();
            answer.append((char) next);
        }
    }
}

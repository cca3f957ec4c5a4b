package io.vitallyrelay.sandbox;

import static io.vitallyrelay.sandbox.SandboxClient.TOKEN;
import static io.vitallyrelay.sandbox.SandboxClient.batch;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.concurrent.CompletableFuture;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class BehaviourTest {
    @Test
    void answersAStatusTheGivenTimesAndAcceptsNothingThen() throws Exception {
        try (Sandbox sandbox = start(new AnswersStatus(503, 2))) {
            // Given
            SandboxClient client = new SandboxClient(sandbox);

            // When
            int first = client.post(batch("a", 1)).statusCode();
            int second = client.post(batch("a", 1)).statusCode();
            int third = client.post(batch("b", 1)).statusCode();

            // Then
            assertThat(new int[] {first, second, third}).containsExactly(503, 503, 200);
            assertThat(sandbox.counts().distinct()).isEqualTo(1);
        }
    }

    @Test
    void answersRetryAfterWith429() throws Exception {
        try (Sandbox sandbox = start(new AnswersRetryAfter("7", 1))) {
            // When
            HttpResponse<String> answer = new SandboxClient(sandbox).post(batch("a", 1));

            // Then
            assertThat(answer.statusCode()).isEqualTo(429);
            assertThat(answer.headers().firstValue("Retry-After")).hasValue("7");
        }
    }

    @Test
    void refusesABatchWithAMessageThatIsRefused() throws Exception {
        try (Sandbox sandbox = start(refusesA5())) {
            // When
            HttpResponse<String> answer = new SandboxClient(sandbox).post(batch("a", 10));

            // Then
            assertThat(answer.statusCode()).isEqualTo(400);
            assertThat(answer.body()).isEqualTo("{\"error\":\"message 5: refused on purpose\"}");
            assertThat(sandbox.counts().messages()).isZero();
        }
    }

    @Test
    void acceptsABatchWithoutAMessageThatIsRefused() throws Exception {
        try (Sandbox sandbox = start(refusesA5())) {
            // When
            HttpResponse<String> answer = new SandboxClient(sandbox).post(batch("a", 5));

            // Then
            assertThat(answer.statusCode()).isEqualTo(200);
        }
    }

    @Test
    void closesTheConnectionAfterAccepting() throws Exception {
        try (Sandbox sandbox = start(ClosesWithoutAnswer.afterAccepting(2))) {
            // Given
            SandboxClient client = new SandboxClient(sandbox);

            // When
            assertThatThrownBy(() -> client.post(batch("a", 1))).isInstanceOf(IOException.class);

            // Then
            assertThat(sandbox.counts().distinct()).isEqualTo(1);
            assertThat(sandbox.counts().requestsByStatus()).containsKey(0);
        }
    }

    @Test
    void closesTheConnectionBeforeAccepting() throws Exception {
        try (Sandbox sandbox = start(ClosesWithoutAnswer.beforeAccepting(2))) {
            // Given
            SandboxClient client = new SandboxClient(sandbox);

            // When
            assertThatThrownBy(() -> client.post(batch("a", 1))).isInstanceOf(IOException.class);

            // Then
            assertThat(sandbox.counts().distinct()).isZero();
        }
    }

    @Test
    void keepsAnAnswerBackUntilItIsReleased() throws Exception {
        // Given
        HangsBeforeAnswering hangs = new HangsBeforeAnswering(1);
        try (Sandbox sandbox = start(hangs)) {
            CompletableFuture<HttpResponse<String>> answer = new SandboxClient(sandbox).postAsync(batch("a", 1));
            Awaitility.await().until(() -> sandbox.counts().messages() == 1);
            assertThat(answer).isNotDone();

            // When
            hangs.release();

            // Then
            assertThat(answer.join().statusCode()).isEqualTo(200);
        }
    }

    @Test
    void neverAnswersWhatHangsWhenItIsClosed() throws Exception {
        // Given
        Sandbox sandbox = start(new HangsBeforeAnswering(1));
        CompletableFuture<HttpResponse<String>> answer = new SandboxClient(sandbox).postAsync(batch("a", 1));
        Awaitility.await().until(() -> sandbox.counts().messages() == 1);

        // When
        sandbox.close();

        // Then
        assertThatThrownBy(answer::join).hasRootCauseInstanceOf(IOException.class);
    }

    @Test
    void appliesTheFirstBehaviourFirst() throws Exception {
        try (Sandbox sandbox = start(new AnswersStatus(503, 1), new AnswersStatus(429, 1))) {
            // Given
            SandboxClient client = new SandboxClient(sandbox);

            // When
            int first = client.post(batch("a", 1)).statusCode();
            int second = client.post(batch("a", 1)).statusCode();

            // Then
            assertThat(new int[] {first, second}).containsExactly(503, 429);
        }
    }

    private static Behaviour refusesA5() {
        return new RefusesMessagesThat(
                message -> message.path("messageId").asText().equals("a5"));
    }

    private static Sandbox start(Behaviour... behaviours) throws IOException {
        return Sandbox.start(SandboxSettings.forToken(TOKEN).withBehaviours(behaviours));
    }
}
